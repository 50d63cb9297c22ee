import { expect, it } from 'vitest';
import { keepHolding } from './keep-holding.ts';

it('renews what is held each time, nothing where nothing is, and goes on after a failure', async () => {
  const ending = new AbortController();
  const holds = [['a'], [], ['a', 'b'], ['b'], ['c']];
  const done: unknown[] = [];
  await keepHolding(
    {
      every: 5000,
      held: () => holds.shift() ?? [],
      renew: async (names) => {
        done.push(names);
        if (names.length === 2) throw new Error('away');
      },
      wait: async (milliseconds) => {
        done.push(milliseconds);
        // What is held when it ends is given back by who worked on it.
        if (holds.length === 1) ending.abort();
      },
      log: (message, { why }) => void done.push(`${message}: ${why}`),
    },
    ending.signal,
  );
  expect(done).toEqual([
    5000,
    ['a'],
    5000,
    5000,
    ['a', 'b'],
    'what is worked on could not be held on to: away',
    5000,
    ['b'],
    5000,
  ]);
});
