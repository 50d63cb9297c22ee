import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { SnapshotParts } from '@autodevops/domain/snapshot';
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
/** Custom resources are not watched but read again. */
const customEvery = 60_000;

/** What a watch does not tell. */
interface Beside {
  readonly custom: readonly CustomObject[];
  readonly blindSpots: readonly BlindSpot[];
}

/** Custom resources and the clock, read at most every minute; the last ones where they cannot be read now. */
function besideReader(reader: ClusterReader, now: () => number): (namespaces: readonly string[] | undefined, signal: AbortSignal) => Promise<Beside> {
  let held: Beside = { custom: [], blindSpots: [] };
  let due = 0;
  return async (namespaces, signal) => {
    if (now() < due) return held;
    due = now() + customEvery;
    try {
      const scope = namespaces === undefined ? {} : { namespaces };
      const { custom, blindSpots } = await reader.snapshot({ kinds: ['CustomResourceDefinition'], custom: true, ...scope }, { signal });
      held = { custom, blindSpots };
    } catch {
      signal.throwIfAborted();
    }
    return held;
  };
}

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

/** What both could not see is told once. */
function joined(parts: SnapshotParts, { custom, blindSpots }: Beside): Snapshot {
  const own = parts.blindSpots ?? [];
  const told = new Set(own.map(({ why }) => why));
  return new Snapshot({ ...parts, custom, blindSpots: [...own, ...blindSpots.filter(({ why }) => !told.has(why))] });
}

/** Answers from a watch cache; logs and custom resources come from a reader of the same cluster. Closes both. */
export function followCache(cache: Cache, reader: ClusterReader, now: () => number = Date.now): Follower {
  const readBeside = besideReader(reader, now);
  const ready = firstLists(cache);
  return {
    changed: (signal) => changeOf(cache, signal),
    reader: {
      source: reader.source,
      snapshot: async ({ namespaces }, { signal }) => {
        await ready(signal);
        const beside = await readBeside(namespaces, signal);
        return joined(cache.snapshot().parts, beside);
      },
      logs: (requests, options) => reader.logs(requests, options),
      close: async () => {
        await cache.close();
        await reader.close();
      },
    },
  };
}
