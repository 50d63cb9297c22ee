import { setTimeout as sleep } from 'node:timers/promises';

/** The time, and waiting for it. */
export interface Clock {
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const machineClock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};
