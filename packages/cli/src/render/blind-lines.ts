import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

const mostBriefly = 3;

/** What could not be seen, after an empty line and a heading; nothing when all was. Texts are made safe by the caller. */
export function blindLines(blindSpots: readonly BlindSpot[], look: Look, everything: boolean): readonly string[] {
  if (blindSpots.length === 0) return [];
  const shown = everything ? blindSpots : blindSpots.slice(0, mostBriefly);
  const lines = shown.flatMap(({ what, why, remedy }) => {
    const text = [`${what}: ${why}`, remedy].filter((part) => part !== '').join(' ');
    // The remedy is what people need: it is never cut away.
    return hang('?  ', text, look.columns);
  });
  const more = blindSpots.length - shown.length;
  return ['', paint(look, 'yellow', 'Not seen'), ...lines, ...(more > 0 ? [`   and ${more} more (-v)`] : [])];
}
