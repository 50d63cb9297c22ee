import { stopIfAborted } from '@autodevops/domain/interruption';
import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';
import type { WatchCache } from '../watch/watch-cache.ts';

/** What is needed of a watch cache. */
export type FollowedCache = Pick<WatchCache, 'ready' | 'snapshot' | 'lag' | 'onChange' | 'close'>;

/** Rules look at ages too ("for more than a minute"): an answer is made anew after this time even if nothing changed. */
const longestQuiet = 15_000;
const longestStart = 20_000;

interface News {
  readonly version: () => number;
  readonly changedSince: ClusterFollower['changedSince'];
  readonly changed: ClusterFollower['changed'];
  /** Lets everybody go who waits. */
  readonly end: () => void;
}

/** Counts the changes of a cache, so that nobody misses one who was busy when it was told. */
function newsOf(cache: FollowedCache): News {
  const waiting = new Set<() => void>();
  let version = 0;
  let ended = false;
  /** The version with which something of a kind was new last. */
  const newest = new Map<string, number>();
  const wake = (): void => {
    for (const one of waiting) one();
  };
  const unlisten = cache.onChange((kinds) => {
    version += 1;
    for (const kind of kinds) newest.set(kind, version);
    wake();
  });
  const changed = (beyond: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (version > beyond || ended || signal.aborted) return resolve();
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      const timer = setTimeout(go, longestQuiet);
      waiting.add(go);
      signal.addEventListener('abort', go, { once: true });
      return undefined;
    });
  return {
    version: () => version,
    changedSince: (since) => new Set([...newest].filter(([, at]) => at > since).map(([kind]) => kind)),
    changed,
    end: () => {
      ended = true;
      unlisten();
      wake();
    },
  };
}

interface Start {
  /** Whether all has come that is waited for. */
  readonly isOver: () => boolean;
  readonly over: (signal: AbortSignal) => Promise<void>;
}

/**
 * Waits for the first lists, but not for ever: one that does not come is a blind spot of the answer, and told when it
 * comes after all. Throws what stands in the way when nothing came at all.
 */
function startOf(cache: FollowedCache): Start {
  let isOver = false;
  const isEmpty = (): boolean =>
    Object.values(cache.snapshot().parts.coverage ?? {}).every((coverage) => coverage === 'none');
  const timer = setTimeout(() => {
    isOver ||= !isEmpty();
  }, longestStart);
  timer.unref();
  void cache.ready().then(() => {
    clearTimeout(timer);
    isOver = true;
  });
  return {
    isOver: () => isOver,
    over: async (signal) => {
      if (isOver) return;
      try {
        await cache.ready(AbortSignal.any([signal, AbortSignal.timeout(longestStart)]));
      } catch (error) {
        stopIfAborted(signal);
        if (isEmpty()) throw error;
      }
      isOver = true;
    },
  };
}

/** Answers from a watch cache; logs come from a reader of the same cluster. Closes both. */
export function followCache(cache: FollowedCache, reader: ClusterReader): ClusterFollower {
  const start = startOf(cache);
  const news = newsOf(cache);
  return {
    version: news.version,
    changedSince: news.changedSince,
    changed: news.changed,
    staleness: () => (start.isOver() ? cache.lag() : Number.POSITIVE_INFINITY),
    reader: {
      source: reader.source,
      snapshot: async ({ namespaces }, { signal }) => {
        await start.over(signal);
        return cache.snapshot(namespaces);
      },
      logs: (requests, options) => reader.logs(requests, options),
      close: async () => {
        news.end();
        await cache.close();
        await reader.close();
      },
    },
  };
}
