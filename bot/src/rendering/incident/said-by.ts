import type { TimelineRow } from '@autodevops/domain/incident/incident';
import type { Piece } from '../text/rich-text.ts';
import { italic, words } from '../text/rich-text.ts';

/** Who says what, one after the other. Whose words begin with his own name is not named twice: "Ann is commander." */
export function saidBy({ source, says }: Pick<TimelineRow, 'source' | 'says'>, most: number): readonly Piece[] {
  const isOfItself = source !== '' && says.startsWith(`${source} `);
  return isOfItself ? [words(says, most)] : [italic(source, 60), words(`: ${says}`, most)];
}
