import type { Snapshot } from '@autodevops/domain/snapshot';
import { atOnce } from './at-once.ts';
import type { Steps } from './at-once.ts';

function objectsOf({ parts }: Snapshot): object {
  return parts.objects ?? parts;
}

/** An index that several rules read: built once for the same objects, also after logs were added. */
export function perSnapshot<T>(build: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const held = new WeakMap<object, { readonly built: T }>();
  return (snapshot) => {
    const key = objectsOf(snapshot);
    let entry = held.get(key);
    if (entry === undefined) held.set(key, (entry = { built: build(snapshot) }));
    return entry.built;
  };
}

/** An index over so many objects that others should be let in while it is built. */
export interface LongIndex<T> {
  /** At once, unless it is there. */
  readonly of: (snapshot: Snapshot) => T;
  /** Builds it beforehand; between two steps others may run. */
  readonly steps: (snapshot: Snapshot) => Iterable<void>;
}

/** As `perSnapshot`; `build` yields where others may run. */
export function perSnapshotInSteps<T>(build: (snapshot: Snapshot) => Steps<T>): LongIndex<T> {
  const held = new WeakMap<object, { readonly built: T }>();
  function* steps(snapshot: Snapshot): Steps<T> {
    const key = objectsOf(snapshot);
    const entry = held.get(key);
    if (entry !== undefined) return entry.built;
    const built = yield* build(snapshot);
    held.set(key, { built });
    return built;
  }
  return { of: (snapshot) => atOnce(steps(snapshot)), steps };
}
