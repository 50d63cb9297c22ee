import type { Clock } from '../ports/clock.ts';

/** A clock that stands still but for its waits, which pass at once and are written down. */
export function steadyClock(): {
  readonly clock: Clock;
  readonly waits: number[];
  readonly pass: (milliseconds: number) => void;
} {
  const waits: number[] = [];
  let now = Date.parse('2026-01-07T12:00:00Z');
  return {
    waits,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    clock: {
      now: () => now,
      wait: async (milliseconds, signal) => {
        signal.throwIfAborted();
        waits.push(milliseconds);
        now += milliseconds;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        signal.throwIfAborted();
      },
    },
  };
}
