import { describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.ts';
import { rulesOf, tierOf } from './testing/asked.ts';

describe('stale facts', () => {
  it.each([
    [120, 'auto'],
    [121, 'forbidden'],
  ] as const)('%d seconds old: %s on a laptop', (factsAge, tier) => {
    expect(tierOf(ask({ factsAge }))).toBe(tier);
  });

  it('facts from the future, or of no time at all, are stale', () => {
    const asked = ask();
    for (const capturedAt of ['2030-01-01T00:00:00Z', 'soon']) {
      expect(
        rulesOf({ ...asked, question: { ...asked.question, facts: { ...asked.question.facts, capturedAt } } }),
      ).toContain('floor.fresh-facts');
    }
  });
});
