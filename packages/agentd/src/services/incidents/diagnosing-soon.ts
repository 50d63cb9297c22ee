import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { boundedWork } from './bounded-work.ts';

/** Looks at incidents without anybody waiting for it. */
export interface DiagnosingSoon {
  /** One look at a time for each incident; what is news meanwhile, however much it is, is a reason for one more. */
  readonly soon: (id: string) => void;
  /** Resolves when no look is under way, after the signal has aborted. */
  readonly ended: () => Promise<unknown>;
}

export interface DiagnosingChoice<Seen> {
  readonly clock: Clock;
  /** At the cluster as it is, which people wait for. */
  readonly look: (id: string, signal: AbortSignal) => Promise<Seen>;
  /** What follows from it and may take seconds: what monitoring adds, what would help. */
  readonly lookFurther: (id: string, seen: Seen, signal: AbortSignal) => Promise<void>;
  readonly failed: (id: string, error: unknown) => void;
}

/** In milliseconds: what one look may take, and between two looks at one incident. */
const longestLook = 60_000;
const [leastRest, mostRest] = [1000, 15_000];
/** A look that took long is followed by a rest so many times as long: in a storm there is time for what else is asked. */
const share = 3;
/** Looks at a time: each holds the process, so many at once would let each of them take longer. */
const atOnce = 2;

export function diagnosingSoon<Seen>({ clock, look, lookFurther, failed }: DiagnosingChoice<Seen>, signal: AbortSignal): DiagnosingSoon {
  const again = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const [looks, furtherLooks] = [boundedWork(atOnce), boundedWork(atOnce)];
  const bounded = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(longestLook)]);
  /** Gives how long the first look took. */
  const lookOnce = async (id: string): Promise<number> => {
    let took = 0;
    try {
      const seen = await looks(async () => {
        const began = clock.now();
        // What came while it waited for its turn is seen by this look.
        again.delete(id);
        signal.throwIfAborted();
        const found = await look(id, bounded());
        took = clock.now() - began;
        return found;
      });
      await furtherLooks(async () => {
        signal.throwIfAborted();
        await lookFurther(id, seen, bounded());
      });
    } catch (error) {
      if (!signal.aborted) failed(id, error);
    }
    return took;
  };
  const work = async (id: string): Promise<void> => {
    do {
      const took = await lookOnce(id);
      await clock.wait(Math.min(mostRest, Math.max(leastRest, share * took)), signal).catch(() => undefined);
    } while (again.has(id) && !signal.aborted);
  };
  return {
    soon: (id) => {
      if (signal.aborted) return;
      if (working.has(id)) again.add(id);
      else working.set(id, work(id).finally(() => working.delete(id)));
    },
    ended: async () => await Promise.all(working.values()),
  };
}
