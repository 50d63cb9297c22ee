import { expect, it } from 'vitest';
import { fairQueue } from './fair-queue.ts';

it('a flood of one group lets another in at once', () => {
  const queue = fairQueue<number>({ atWork: 10, atWorkOfGroup: 4, waitingOfGroup: 1000 });
  for (let item = 0; item < 1000; item += 1) queue.add('flood', item);
  const begun: string[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next()) begun.push(next.group);
  expect(begun).toEqual(['flood', 'flood', 'flood', 'flood']);
  queue.add('calm', 1);
  expect(queue.next()?.group).toBe('calm');
});

it('groups take turns, each in its own order', () => {
  const queue = fairQueue<number>({ atWork: 10, atWorkOfGroup: 10, waitingOfGroup: 10 });
  for (const [group, item] of [
    ['a', 1],
    ['a', 2],
    ['a', 3],
    ['b', 4],
    ['b', 5],
  ] as const) {
    queue.add(group, item);
  }
  expect(Array.from({ length: 5 }, () => queue.next()?.item)).toEqual([1, 4, 2, 5, 3]);
});

it('what is done makes room, and no group waits without bound', () => {
  const queue = fairQueue<number>({ atWork: 1, atWorkOfGroup: 1, waitingOfGroup: 2 });
  expect([1, 2, 3].map((item) => queue.add('a', item))).toEqual([true, true, false]);
  expect(queue.next()?.item).toBe(1);
  expect(queue.next()).toBeUndefined();
  queue.done('a');
  expect(queue.next()?.item).toBe(2);
  expect(queue.atWork()).toBe(1);
  expect(queue.waiting()).toBe(0);
});
