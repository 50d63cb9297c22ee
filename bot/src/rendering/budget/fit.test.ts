import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownBlock } from '@slack/types';
import { header } from '../blocks/plain-blocks.ts';
import { fit, weightOf } from './fit.ts';
import type { Part } from './fit.ts';

const divider: KnownBlock = { type: 'divider' };
const texts = (blocks: readonly KnownBlock[]): readonly string[] =>
  blocks.map((block) => ('text' in block && typeof block.text === 'object' ? block.text.text : block.type));

describe('what fits', () => {
  it('is everything where there is room, and nothing is said of it', () => {
    const { blocks, left } = fit([{ blocks: [divider] }, { noun: 'cause', blocks: [header('a')] }], {
      blocks: 10,
      characters: 2000,
    });
    expect(texts(blocks)).toEqual(['divider', 'a']);
    expect(left.size).toBe(0);
  });

  it('leaves out from the first that has no room, and says there how many and where the rest is', () => {
    const causes = ['a', 'b', 'c', 'd'].map((name): Part => ({ noun: 'cause', blocks: [header(name)] }));
    const { blocks, left } = fit(
      [...causes, { blocks: [divider] }],
      { blocks: 4, characters: 5000 },
      'See the editor.',
    );
    expect(texts(blocks)).toEqual(['a', 'b', 'context', 'divider']);
    expect(JSON.stringify(blocks)).toContain('Not shown here: 2 causes. See the editor.');
    expect(left).toEqual(new Map([['cause', 2]]));
  });

  it('shows no later one of a kind when an earlier one had no room', () => {
    const { blocks } = fit(
      [
        {
          noun: 'cause',
          blocks: [header('x'.repeat(150)), header('x'.repeat(150)), header('x'.repeat(150)), header('x'.repeat(150))],
        },
        { noun: 'cause', blocks: [header('small')] },
        { noun: 'note', blocks: [header('fits')] },
      ],
      { blocks: 20, characters: 1000 },
    );
    expect(texts(blocks)).toEqual(['context', 'fits']);
  });

  it('always holds what must stand, and never passes the bounds with what need not', () => {
    const part = fc.record({
      noun: fc.constantFrom('cause', 'note', 'step'),
      blocks: fc.array(fc.string({ maxLength: 150 }).map(header), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 80 }), (parts) => {
        const { blocks } = fit([{ blocks: [divider] }, ...parts], { blocks: 30, characters: 3000 });
        expect(blocks).toContain(divider);
        expect(blocks.length).toBeLessThanOrEqual(30);
        expect(weightOf(blocks)).toBeLessThanOrEqual(3000);
      }),
    );
  });
});
