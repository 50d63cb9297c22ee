import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { boundedWork } from './bounded-work.ts';

/** Looks at incidents without anybody waiting for it. */
export interface DiagnosingSoon {
  /** One look at a time for each incident; what is news meanwhile, however much it is, is a reason for one more. */
  readonly soon: (id: string) => void;
  /** One look at the cluster, and further ones only where it explains something. Gives its milliseconds, endless where it failed; undefined: a look is under way. */
  readonly glance: (id: string) => Promise<number | undefined>;
  /** Resolves when no look is under way, after the signal has aborted. */
  readonly ended: () => Promise<unknown>;
}

export interface DiagnosingChoice<Seen> {
  readonly clock: Clock;
  /** At the cluster as it is, which people wait for. */
  readonly look: (id: string, signal: AbortSignal) => Promise<Seen>;
  /** Whether that says why. */
  readonly explains: (seen: Seen) => boolean;
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

export function diagnosingSoon<Seen>(
  { clock, look, explains, lookFurther, failed }: DiagnosingChoice<Seen>,
  signal: AbortSignal,
): DiagnosingSoon {
  const again = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const [looks, furtherLooks] = [boundedWork(atOnce), boundedWork(atOnce)];
  const bounded = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(longestLook)]);
  /** Gives what is seen, and how long that took. */
  const lookOnce = async (id: string): Promise<{ readonly seen: Seen; readonly took: number }> =>
    await looks(async () => {
      const began = clock.now();
      // What came while it waited for its turn is seen by this look.
      again.delete(id);
      signal.throwIfAborted();
      const seen = await look(id, bounded());
      return { seen, took: clock.now() - began };
    });
  const furtherOnce = async (id: string, seen: Seen): Promise<void> =>
    await furtherLooks(async () => {
      signal.throwIfAborted();
      await lookFurther(id, seen, bounded());
    });
  /** Whoever glances is told how long the first look took. */
  const work = async (id: string, glanced?: (took: number) => void): Promise<void> => {
    for (let isGlance = glanced !== undefined; ; isGlance = false) {
      let first = 0;
      try {
        const { seen, took } = await lookOnce(id);
        first = took;
        if (isGlance) glanced?.(took);
        if (!isGlance || explains(seen)) await furtherOnce(id, seen);
      } catch (error) {
        if (!signal.aborted) failed(id, error);
      }
      await clock.wait(Math.min(mostRest, Math.max(leastRest, share * first)), signal).catch(() => undefined);
      if (!again.has(id) || signal.aborted) return;
    }
  };
  const begin = (id: string, glanced?: (took: number) => void): void =>
    void working.set(
      id,
      work(id, glanced).finally(() => {
        working.delete(id);
        // Where it failed: what cannot be looked at is not tried again at once.
        glanced?.(Infinity);
      }),
    );
  return {
    soon: (id) => {
      if (signal.aborted) return;
      if (working.has(id)) again.add(id);
      else begin(id);
    },
    glance: async (id) =>
      signal.aborted || working.has(id)
        ? undefined
        : await new Promise<number>((resolve) => {
            begin(id, resolve);
          }),
    ended: async () => await Promise.all(working.values()),
  };
}
