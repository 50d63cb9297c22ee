import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { stopIfAborted } from '@autodevops/domain/interruption';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Follower } from '../surroundings.ts';

/** What is needed of a watch cache. */
interface Cache {
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly snapshot: () => Snapshot;
  readonly onChange: (listener: () => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Rules look at ages too ("for more than a minute"): an answer is made anew after this time even if nothing changed. */
const longestQuiet = 15_000;
const longestStart = 20_000;

/** Resolves at the next change, after the longest quiet, or when the signal ends it. */
function changeOf(cache: Cache, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unlisten();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, longestQuiet);
    const unlisten = cache.onChange(end);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

/**
 * Waits for the first lists, but not for ever: one that does not come is a blind spot of the answer, and told when it
 * comes after all. Throws what stands in the way when nothing came at all.
 */
function firstLists(cache: Cache): (signal: AbortSignal) => Promise<void> {
  let over = false;
  return async (signal) => {
    if (over) return;
    try {
      await cache.ready(AbortSignal.any([signal, AbortSignal.timeout(longestStart)]));
    } catch (error) {
      stopIfAborted(signal);
      if (Object.values(cache.snapshot().parts.coverage ?? {}).every((coverage) => coverage === 'none')) throw error;
    }
    over = true;
  };
}

/** Answers from a watch cache; logs come from a reader of the same cluster. Closes both. */
export function followCache(cache: Cache, reader: ClusterReader): Follower {
  const ready = firstLists(cache);
  return {
    changed: (signal) => changeOf(cache, signal),
    reader: {
      source: reader.source,
      snapshot: async (_request, { signal }) => {
        await ready(signal);
        return cache.snapshot();
      },
      logs: (requests, options) => reader.logs(requests, options),
      close: async () => {
        await cache.close();
        await reader.close();
      },
    },
  };
}
