import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedAutonomy, lowerBound } from './earned-autonomy.ts';
import type { Outcome } from './earned-autonomy.ts';

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;

function outcomes(outcome: Outcome['outcome'], count: number, daysAgo = 20): readonly Outcome[] {
  return Array.from({ length: count }, () => ({ time: new Date(now - daysAgo * day).toISOString(), outcome }));
}

describe('the lower bound', () => {
  it("is Wilson's", () => {
    // 8 of 10: 0.5408 by the formula with z = 1.6449, as in R: binom::binom.confint(8, 10, .9, methods = "wilson").
    expect(lowerBound(8, 10)).toBeCloseTo(0.5408, 3);
    expect(lowerBound(10, 10)).toBeCloseTo(0.7871, 3);
    expect(lowerBound(0, 0)).toBe(0);
    expect(lowerBound(0, 5)).toBe(0);
  });

  it('is below the share, and nears it with more outcomes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (total, part) => {
        const succeeded = Math.min(total, part);
        expect(lowerBound(succeeded, total)).toBeLessThanOrEqual(succeeded / total);
        expect(lowerBound(succeeded * 4, total * 4)).toBeGreaterThanOrEqual(lowerBound(succeeded, total) - 1e-12);
      }),
    );
  });
});

describe('earned autonomy', () => {
  it('proposes one level more where the record is good and long enough', () => {
    expect(earnedAutonomy('suggest', outcomes('succeeded', 11), now)).toMatchObject({
      current: 'suggest',
      proposed: 'assist',
      succeeded: 11,
      outcomes: 11,
    });
    expect(earnedAutonomy('suggest', outcomes('succeeded', 10), now).proposed).toBe('suggest');
    expect(earnedAutonomy('suggest', outcomes('succeeded', 1000), now).proposed).toBe('assist');
  });

  it('asks a person to grant it', () => {
    expect(earnedAutonomy('suggest', outcomes('succeeded', 40), now).says).toMatch(
      /^40 of the last 40 changes were verified, so at least 93 % are with 95 % confidence; a person may grant the level assist\.$/,
    );
  });

  it('counts a no of a person, an undo and an unknown outcome against it', () => {
    for (const bad of ['rejected', 'undone', 'failed', 'unknown'] as const) {
      expect(earnedAutonomy('suggest', [...outcomes('succeeded', 11), ...outcomes(bad, 1)], now).proposed).toBe(
        'suggest',
      );
    }
  });

  it('proposes nothing more while an outcome of late is not known', () => {
    const record = outcomes('succeeded', 200);
    expect(earnedAutonomy('assist', [...record, ...outcomes('unknown', 1, 30)], now).proposed).toBe('development');
    expect(earnedAutonomy('assist', [...record, ...outcomes('unknown', 1, 3)], now)).toMatchObject({
      proposed: 'assist',
      says: expect.stringContaining('not known'),
    });
  });

  it('forgets what is older than ninety days', () => {
    expect(earnedAutonomy('suggest', outcomes('succeeded', 50, 91), now)).toMatchObject({
      proposed: 'suggest',
      outcomes: 0,
    });
  });

  it('proposes less where the record falls short of the level', () => {
    expect(earnedAutonomy('development', [...outcomes('succeeded', 8), ...outcomes('undone', 2)], now).proposed).toBe(
      'assist',
    );
    expect(earnedAutonomy('assist', [...outcomes('succeeded', 7), ...outcomes('failed', 3)], now).proposed).toBe(
      'suggest',
    );
  });

  it('stays where there is no higher level, and where the level was chosen for the place', () => {
    expect(earnedAutonomy('development', outcomes('succeeded', 100), now).proposed).toBe('development');
    expect(earnedAutonomy('production', outcomes('succeeded', 100), now).proposed).toBe('production');
  });
});
