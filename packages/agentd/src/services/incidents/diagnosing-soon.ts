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

/** What is seen, and how many milliseconds that took. */
interface Look<Seen> {
  readonly seen: Seen;
  readonly took: number;
}

export function diagnosingSoon<Seen>(
  { clock, look, explains, lookFurther, failed }: DiagnosingChoice<Seen>,
  signal: AbortSignal,
): DiagnosingSoon {
  const again = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const [looks, furtherLooks] = [boundedWork(atOnce), boundedWork(atOnce)];
  const bounded = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(longestLook)]);
  const lookOnce = async (id: string): Promise<Look<Seen>> =>
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
  /** What follows from a look, and a rest after it. `isGlance`: only where it explains something. */
  const follow = async (id: string, looking: Promise<Look<Seen>>, isGlance: boolean): Promise<void> => {
    let rest = leastRest;
    try {
      const { seen, took } = await looking;
      rest = Math.min(mostRest, Math.max(leastRest, share * took));
      if (!isGlance || explains(seen)) await furtherOnce(id, seen);
    } catch (error) {
      if (!signal.aborted) failed(id, error);
    }
    await clock.wait(rest, signal).catch(() => undefined);
  };
  /** The first look, and whole ones after it for as long as there was news meanwhile. */
  const work = async (id: string, first: Promise<Look<Seen>>, isGlance: boolean): Promise<void> => {
    await follow(id, first, isGlance);
    while (again.has(id) && !signal.aborted) await follow(id, lookOnce(id), false);
  };
  const begin = (id: string, isGlance: boolean): Promise<Look<Seen>> => {
    const first = lookOnce(id);
    working.set(
      id,
      work(id, first, isGlance).finally(() => working.delete(id)),
    );
    return first;
  };
  return {
    soon: (id) => {
      if (signal.aborted) return;
      if (working.has(id)) again.add(id);
      else void begin(id, false).catch(() => undefined);
    },
    glance: async (id) => {
      if (signal.aborted || working.has(id)) return undefined;
      // Where it fails nobody tries again at once; what failed is told by who follows it.
      return await begin(id, true).then(
        ({ took }) => took,
        () => Infinity,
      );
    },
    ended: async () => await Promise.all(working.values()),
  };
}
