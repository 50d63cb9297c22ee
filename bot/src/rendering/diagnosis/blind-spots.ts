import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { always, ifRoom } from '../budget/message.ts';
import type { Part } from '../budget/fit.ts';
import { bold, line, richText, words } from '../text/rich-text.ts';

function sentence(text: string): string {
  return /[.!?…]\s*$/.test(text) ? text : `${text}.`;
}

/** What could not be seen, and what would show it; nothing when all was. */
export function blindSpotParts(blindSpots: readonly BlindSpot[]): readonly Part[] {
  if (blindSpots.length === 0) return [];
  return [
    always(richText(line(bold('Not seen')))),
    ...blindSpots.map(({ what, why, remedy }) =>
      ifRoom('blind spot', richText(line(bold(`${what}: `), words(sentence(why), 600), words(` ${remedy}`, 600)))),
    ),
  ];
}
