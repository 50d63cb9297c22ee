import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromNext, takeInTurn } from './in-turn.ts';

function take(sizes: readonly number[], limit: number): readonly number[] {
  const left = [...sizes];
  const taken = takeInTurn(
    sizes.map((_, at) => at),
    limit,
    (group, count) => {
      const given = Math.min(count, left[group] ?? 0);
      left[group] = (left[group] ?? 0) - given;
      return Array.from({ length: given }, () => group);
    },
  );
  return sizes.map((_, at) => taken.filter((group) => group === at).length);
}

it('gives each its share, and what one leaves to who has more', () => {
  expect(take([10_000, 2, 1], 10)).toEqual([7, 2, 1]);
  expect(take([5, 5, 5], 2)).toEqual([1, 1, 0]);
  expect([take([], 10), take([3], 0)]).toEqual([[], [0]]);
});

it('takes as many as it may, and leaves nobody out who has less than an equal share', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }), fc.nat(200), (sizes, limit) => {
      const taken = take(sizes, limit);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(taken.reduce((sum, count) => sum + count, 0)).toBe(Math.min(limit, total));
      for (const [at, size] of sizes.entries()) {
        expect(taken[at]).toBeGreaterThanOrEqual(Math.min(size, Math.floor(limit / sizes.length)));
      }
    }),
  );
});

it('goes on behind who was served last', () => {
  expect(fromNext(['a', 'b', 'c'], (group) => group > 'a')).toEqual(['b', 'c', 'a']);
  expect(fromNext(['a', 'b'], (group) => group > 'z')).toEqual(['a', 'b']);
});
