import type { Snapshot } from '@autodevops/domain/snapshot';

/** What several rules read and what depends on the time or on logs: found once for one snapshot, not kept for the next. */
export function perLook<T>(find: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const held = new WeakMap<Snapshot, { readonly found: T }>();
  return (snapshot) => {
    let entry = held.get(snapshot);
    if (entry === undefined) held.set(snapshot, (entry = { found: find(snapshot) }));
    return entry.found;
  };
}
