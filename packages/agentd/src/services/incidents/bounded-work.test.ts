import { expect, it } from 'vitest';
import { boundedWork } from './bounded-work.ts';

it('runs no more at a time than it may, in the order in which they came, and goes on after a failure', async () => {
  const bounded = boundedWork(2);
  const began: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const start = async (name: string): Promise<string> =>
    await bounded(async () => {
      began.push(name);
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return await end.promise;
    });
  const all = Promise.allSettled(['a', 'b', 'c', 'd'].map(start));
  expect(began).toEqual(['a', 'b']);
  ends.get('b')?.reject(new Error('b failed'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(began).toEqual(['a', 'b', 'c']);
  ends.get('a')?.resolve('a');
  await new Promise((resolve) => setImmediate(resolve));
  expect(began).toEqual(['a', 'b', 'c', 'd']);
  for (const name of ['c', 'd']) ends.get(name)?.resolve(name);
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
