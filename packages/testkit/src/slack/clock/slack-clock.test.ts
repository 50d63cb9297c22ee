import { expect, it } from 'vitest';
import { slackClock } from './slack-clock.ts';

it('runs what falls due on the way, each at its own time', async () => {
  const clock = slackClock({ mode: 'frozen', startsAt: 1_000 });
  const seen: number[] = [];
  clock.after(300, () => seen.push(clock.now()));
  clock.after(100, () => {
    seen.push(clock.now());
    clock.after(50, () => seen.push(clock.now()));
  });
  await clock.advance(200);
  expect(seen).toEqual([1_100, 1_150]);
  expect(clock.now()).toBe(1_200);
  await clock.advance(100);
  expect(seen).toEqual([1_100, 1_150, 1_300]);
});

it('forgets what was cancelled and what was pending when it was closed', async () => {
  const clock = slackClock({ mode: 'frozen' });
  let runs = 0;
  clock.after(10, () => (runs += 1))();
  clock.after(10, () => (runs += 1));
  clock.close();
  await clock.advance(100);
  expect(runs).toBe(0);
});

it('rings by itself when it runs', async () => {
  const clock = slackClock();
  await new Promise<void>((resolve) => {
    clock.after(1, resolve);
    // The clock's own timers hold no process up.
    setTimeout(() => undefined, 100);
  });
  expect(clock.now()).toBeGreaterThan(0);
});

it('goes on only when what fell due has come to rest', async () => {
  const seen: string[] = [];
  const clock = slackClock({ mode: 'frozen' }, async () => {
    await Promise.resolve();
    seen.push('rest');
  });
  clock.after(10, () => seen.push('first'));
  clock.after(20, () => seen.push('second'));
  await clock.advance(30);
  expect(seen).toEqual(['first', 'rest', 'second', 'rest']);
});
