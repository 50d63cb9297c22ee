import type { KnownBlock } from '@slack/types';
import { counted } from '@autodevops/domain/count-words';
import { codePoints } from '../text/code-points.ts';
import { plainText } from '../text/plain-text.ts';

/** How much goes into one message or view. */
export interface Bounds {
  readonly blocks: number;
  /** Of all blocks as JSON, in code points. */
  readonly characters: number;
}

/**
 * Slack takes 50 blocks and about 13,000 characters in a message; how it counts the second is not published (texts of
 * 11,341 characters in many small elements were refused), so the whole JSON is counted.
 * https://github.com/slackapi/bolt-js/issues/2509, https://github.com/slackapi/bolt-js/issues/2867
 */
export const messageBounds: Bounds = { blocks: 50, characters: 12_000 };
/** A view takes 100 blocks; its whole size is not published either. */
export const viewBounds: Bounds = { blocks: 100, characters: 40_000 };

/** Blocks that are shown together or not at all. `noun`: what it is called when it is left out; without, it never is. */
export interface Part {
  readonly blocks: readonly KnownBlock[];
  readonly noun?: string;
}

export interface Fitted {
  readonly blocks: readonly KnownBlock[];
  /** How many were left out, by noun. */
  readonly left: ReadonlyMap<string, number>;
}

const roomForWhatIsLeft: Bounds = { blocks: 1, characters: 500 };

export function weightOf(blocks: readonly KnownBlock[]): number {
  return codePoints(JSON.stringify(blocks));
}

/** "3 causes and 1 blind spot" */
function leftText(left: ReadonlyMap<string, number>): string {
  return [...left].map(([noun, count]) => counted(count, noun)).join(' and ');
}

function leftBlock(left: ReadonlyMap<string, number>, remedy: string): KnownBlock {
  return {
    type: 'context',
    elements: [plainText(`Not shown here: ${leftText(left)}.${remedy === '' ? '' : ` ${remedy}`}`, 400)],
  };
}

/**
 * What fits, in order. Parts without a noun always stand; the others as long as there is room, and once one of a noun
 * had none, no later one of it stands. What was left out is told where the first gap is. `remedy`: where to see the rest.
 */
export function fit(parts: readonly Part[], bounds: Bounds, remedy = ''): Fitted {
  const fixed = parts.filter(({ noun }) => noun === undefined).flatMap(({ blocks }) => blocks);
  let room = bounds.characters - weightOf(fixed) - roomForWhatIsLeft.characters;
  let free = bounds.blocks - fixed.length - roomForWhatIsLeft.blocks;
  const left = new Map<string, number>();
  const kept: KnownBlock[] = [];
  let gap: number | undefined;
  for (const { blocks, noun } of parts) {
    const weight = noun === undefined ? 0 : weightOf(blocks);
    const fits = noun === undefined || (weight <= room && blocks.length <= free && !left.has(noun));
    if (fits) {
      kept.push(...blocks);
      if (noun !== undefined) [room, free] = [room - weight, free - blocks.length];
    } else {
      gap ??= kept.length;
      left.set(noun, (left.get(noun) ?? 0) + 1);
    }
  }
  if (gap === undefined) return { blocks: kept, left };
  return { blocks: [...kept.slice(0, gap), leftBlock(left, remedy), ...kept.slice(gap)], left };
}
