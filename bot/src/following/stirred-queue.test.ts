import { describe, expect, it } from 'vitest';
import { StirredQueue } from './stirred-queue.ts';

function queueAt(): {
  readonly queue: StirredQueue;
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
} {
  let now = 1000;
  return {
    queue: new StirredQueue(() => now),
    pass: (milliseconds) => {
      now += milliseconds;
    },
    now: () => now,
  };
}

function subjects(queue: StirredQueue): readonly string[] {
  return queue.take(10).map(({ subject }) => subject);
}

describe('what is stirred', () => {
  it('is taken at once, the first first, and by one at a time', () => {
    const { queue } = queueAt();
    queue.stir('inc-a');
    queue.stir('inc-b');
    queue.stir('inc-a');
    expect(subjects(queue)).toEqual(['inc-a', 'inc-b']);
    expect(subjects(queue)).toEqual([]);
  });

  it('is settled when it was shown', () => {
    const { queue } = queueAt();
    queue.stir('inc-a');
    const [taken] = queue.take(1);
    expect(taken !== undefined && queue.shown(taken)).toBe(true);
    expect(queue.nextDue()).toBe(Infinity);
  });

  it('while it is shown is taken once more, after a pause, however often it was stirred', () => {
    const { queue, pass } = queueAt();
    queue.stir('inc-a');
    const [taken] = queue.take(1);
    for (let times = 0; times < 50; times += 1) queue.stir('inc-a');
    expect(taken !== undefined && queue.shown(taken)).toBe(false);
    expect(subjects(queue)).toEqual([]);
    pass(400);
    expect(subjects(queue)).toEqual(['inc-a']);
  });

  it('just after it was shown waits for the pause too', () => {
    const { queue, pass } = queueAt();
    queue.stir('inc-a');
    for (const taken of queue.take(1)) queue.shown(taken);
    queue.stir('inc-a');
    expect(subjects(queue)).toEqual([]);
    expect(queue.nextDue()).toBe(1400);
    pass(400);
    expect(subjects(queue)).toEqual(['inc-a']);
  });

  it('all the time is shown less and less often, and as often as at first after a rest', () => {
    const { queue, pass, now } = queueAt();
    const pauses: number[] = [];
    const showOnce = (): void => {
      queue.stir('inc-a');
      const pause = Math.max(0, queue.nextDue() - now());
      pauses.push(pause);
      pass(pause);
      for (const taken of queue.take(1)) queue.shown(taken);
    };
    for (let times = 0; times < 6; times += 1) showOnce();
    pass(10_000);
    for (let times = 0; times < 2; times += 1) showOnce();
    expect(pauses).toEqual([0, 400, 800, 1600, 2000, 2000, 0, 400]);
  });

  it('and cannot be shown is tried again later and later, and holds up nothing else', () => {
    const { queue, pass } = queueAt();
    queue.stir('inc-a');
    const waits: number[] = [];
    for (let times = 0; times < 9; times += 1) {
      for (const taken of queue.take(1)) queue.failed(taken);
      queue.stir('inc-b');
      for (const taken of queue.take(1)) queue.shown(taken);
      const wait = queue.nextDue();
      pass(100_000);
      waits.push(wait);
    }
    expect(waits.map((wait, index) => wait - 1000 - index * 100_000)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });
});
