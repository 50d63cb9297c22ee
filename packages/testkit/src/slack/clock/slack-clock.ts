import { setImmediate } from 'node:timers/promises';

/**
 * The time that limits, lifetimes and retries are counted by. `running`: it passes as on the wall. `frozen`: it stands
 * until it is advanced. Either can be advanced, so that no test waits for minutes.
 */
export interface SlackClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs once, that many milliseconds from now. The result cancels it. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** Jumps ahead; what falls due on the way runs in its order, each at its own time, and has time to come to rest before time goes on. */
  readonly advance: (milliseconds: number) => Promise<void>;
  /** Ends with every timer that is still pending dropped. */
  readonly close: () => void;
}

interface Alarm {
  readonly at: number;
  readonly run: () => void;
  timer?: NodeJS.Timeout;
}

export interface SlackClockOptions {
  readonly mode?: 'running' | 'frozen';
  /** Milliseconds since 1970 at which it begins; now if not given. */
  readonly startsAt?: number;
}

/** `rest` resolves when what just fell due has come to rest, or cannot be waited for. */
export function slackClock(
  { mode = 'running', startsAt = Date.now() }: SlackClockOptions = {},
  rest: () => Promise<unknown> = setImmediate,
): SlackClock {
  const began = Date.now();
  let advanced = 0;
  const alarms = new Set<Alarm>();
  const now = (): number => startsAt + advanced + (mode === 'running' ? Date.now() - began : 0);

  const ring = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    if (alarms.delete(alarm)) alarm.run();
  };
  const arm = (alarm: Alarm): void => {
    if (mode !== 'running') return;
    alarm.timer = setTimeout(() => ring(alarm), Math.max(0, alarm.at - now()));
    alarm.timer.unref();
  };
  const nextBefore = (end: number): Alarm | undefined =>
    [...alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];

  return {
    now,
    after: (milliseconds, run) => {
      const alarm: Alarm = { at: now() + milliseconds, run };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
    advance: async (milliseconds) => {
      const end = now() + milliseconds;
      for (let alarm = nextBefore(end); alarm !== undefined; alarm = nextBefore(end)) {
        advanced += Math.max(0, alarm.at - now());
        ring(alarm);
        await rest();
      }
      advanced += Math.max(0, end - now());
      for (const alarm of alarms) {
        clearTimeout(alarm.timer);
        arm(alarm);
      }
    },
    close: () => {
      for (const alarm of alarms) clearTimeout(alarm.timer);
      alarms.clear();
    },
  };
}
