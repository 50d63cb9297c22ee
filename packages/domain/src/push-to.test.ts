import { expect, it } from 'vitest';
import { pushTo } from './push-to.ts';

it('lists begin with the first value and keep their order', () => {
  const index = new Map<string, number[]>();
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const) {
    pushTo(index, key, value);
  }
  expect([...index]).toEqual([
    ['a', [1, 3]],
    ['b', [2]],
  ]);
});
