import { expect, it } from 'vitest';
import { deathsInRow, restartDelay } from './restart-delay.ts';

it('each death in a row is waited for twice as long, and after some a person is asked', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(restartDelay)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, undefined]);
});

it('a long life wipes out the deaths before', () => {
  expect(deathsInRow(4, 500)).toBe(5);
  expect(deathsInRow(4, 600_000)).toBe(1);
});
