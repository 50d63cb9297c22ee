import { interrupted } from '@autodevops/domain/interruption';
import type { BoundedClock } from '../surroundings.ts';

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which nothing may happen before time moves on: work in memory needs few. */
const quietTurns = 4;

/** Time that passes only when everybody waits: hours in milliseconds, and the same every time. */
export interface VirtualClock extends BoundedClock {
  /** Lets time pass at once, without waking anybody. */
  pass(milliseconds: number): void;
  /** Somebody sets the clock forwards: no time has passed. */
  setForwards(milliseconds: number): void;
}

export function virtualClock(start: number): VirtualClock {
  let now = start;
  let ahead = 0;
  const waiters = new Set<Waiter>();
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    while (waiters.size > 0) {
      for (let turn = 0; turn < quietTurns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...waiters].toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      now = Math.max(now, next.at);
      waiters.delete(next);
      next.wake();
    }
    running = false;
  };

  return {
    now: () => now + ahead,
    earliest: () => now,
    setForwards: (milliseconds) => void (ahead += milliseconds),
    pass: (milliseconds) => void (now += milliseconds),
    wait: (milliseconds, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(interrupted());
        const stop = (): void => {
          waiters.delete(waiter);
          reject(interrupted());
        };
        const waiter: Waiter = {
          at: now + milliseconds,
          wake: () => {
            signal.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal.addEventListener('abort', stop, { once: true });
        waiters.add(waiter);
        if (!running) void run();
      }),
  };
}
