import { expect, it } from 'vitest';
import { batchQueue } from './batch-queue.ts';
import type { Settled } from './batch-queue.ts';

function counting(): { batches: number[][]; run: (jobs: readonly number[]) => Promise<readonly Settled<number>[]> } {
  const batches: number[][] = [];
  return {
    batches,
    run: async (jobs) => {
      batches.push([...jobs]);
      await Promise.resolve();
      return jobs.map((job) => (job < 0 ? { error: new Error(`no ${job}`) } : { value: job * 2 }));
    },
  };
}

it('runs at once what was asked for at the same time, in order', async () => {
  const { batches, run } = counting();
  const queue = batchQueue(run);
  expect(await Promise.all([1, 2, 3].map((job) => queue.submit(job)))).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
});

it('does not let one job that fails spoil the others', async () => {
  const queue = batchQueue(counting().run);
  const outcomes = await Promise.allSettled([1, -2, 3].map((job) => queue.submit(job)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails all jobs of a batch that failed as a whole, and goes on', async () => {
  let broken = true;
  const queue = batchQueue<number, number>((jobs) => {
    if (broken) return Promise.reject(new Error('broken'));
    return Promise.resolve(jobs.map((value) => ({ value })));
  });
  await expect(queue.submit(1)).rejects.toThrow('broken');
  broken = false;
  expect(await queue.submit(2)).toBe(2);
});

it('runs each for itself when one may have spoiled it for all', async () => {
  const run = (jobs: readonly number[]): Promise<readonly Settled<number>[]> =>
    jobs.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve(jobs.map((value) => ({ value })));
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(
      (
        (queue) => (job: number) =>
          queue.submit(job)
      )(batchQueue(run, { alone: () => true })),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('keeps a batch within its bound', async () => {
  const { batches, run } = counting();
  const queue = batchQueue(run, { most: 2 });
  await Promise.all([1, 2, 3, 4, 5].map((job) => queue.submit(job)));
  expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
});

it('keeps apart what touches the same, in order', async () => {
  const { batches, run } = counting();
  const queue = batchQueue(run, { apart: (job) => [String(job % 3)] });
  await Promise.all([1, 2, 4, 3, 5, 8].map((job) => queue.submit(job)));
  expect(batches).toEqual([[1, 2], [4, 3, 5], [8]]);
});

it('is idle when nothing waits any more', async () => {
  const queue = batchQueue(counting().run);
  let answered = false;
  void queue.submit(1).then(() => (answered = true));
  await queue.idle();
  expect(answered).toBe(true);
});
