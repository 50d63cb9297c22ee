import type { Snapshot } from '@autodevops/domain/snapshot';

/** An index that several rules read: built once for the same objects, also after logs were added. */
export function perSnapshot<T>(build: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const held = new WeakMap<object, { readonly built: T }>();
  return (snapshot) => {
    const key = snapshot.parts.objects ?? snapshot.parts;
    let entry = held.get(key);
    if (entry === undefined) held.set(key, (entry = { built: build(snapshot) }));
    return entry.built;
  };
}
