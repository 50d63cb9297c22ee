import type { ClusterEvent } from './kubernetes/event.ts';
import type { KindName, ObjectOf } from './kubernetes/kinds.ts';
import { pushTo } from './push-to.ts';

/** An index of a list, or of all lists: built once for every snapshot that holds it. */
function indexOf<O extends object, T>(build: (objects: O) => T): (objects: O) => T {
  const held = new WeakMap<O, T>();
  return (objects) => {
    let index = held.get(objects);
    if (index === undefined) held.set(objects, (index = build(objects)));
    return index;
  };
}

/** What can be looked up by its namespace and name. */
export interface Named {
  readonly metadata: { readonly namespace: string; readonly name: string };
}

/** Namespace → name: two look-ups of texts that are there take less than putting both together. */
export type ByName<O> = ReadonlyMap<string, ReadonlyMap<string, O>>;

function inner<K, V>(index: Map<string, Map<K, V>>, key: string): Map<K, V> {
  let held = index.get(key);
  if (held === undefined) index.set(key, (held = new Map()));
  return held;
}

/** Objects of one kind by where they are and what they are called. */
export const byName = indexOf((objects: readonly Named[]): ByName<Named> => {
  const index = new Map<string, Map<string, Named>>();
  for (const object of objects) inner(index, object.metadata.namespace).set(object.metadata.name, object);
  return index;
});

/** Objects of one kind by where they are, in their order. */
export const byNamespace = indexOf((objects: readonly Named[]): ReadonlyMap<string, readonly Named[]> => {
  const index = new Map<string, Named[]>();
  for (const object of objects) pushTo(index, object.metadata.namespace, object);
  return index;
});

/** By the kind, the namespace and the name of what they are about, each oldest first. */
export const eventsByObject = indexOf(
  (events: readonly ClusterEvent[]): ReadonlyMap<string, ByName<readonly ClusterEvent[]>> => {
    const index = new Map<string, Map<string, Map<string, ClusterEvent[]>>>();
    for (const event of events) {
      // Events about cluster-scoped objects are kept in namespace "default" but name no namespace themselves.
      const { kind, namespace, name } = event.object;
      pushTo(inner(inner(index, kind), namespace), name, event);
    }
    for (const kind of index.values()) {
      for (const namespace of kind.values()) for (const about of namespace.values()) about.sort(byLast);
    }
    return index;
  },
);

/** Objects of one kind by the uid of each owner. */
export const byOwner = indexOf(
  (objects: readonly ObjectOf<KindName>[]): ReadonlyMap<string, readonly ObjectOf<KindName>[]> => {
    const index = new Map<string, ObjectOf<KindName>[]>();
    for (const object of objects) {
      for (const owner of object.metadata.ownerReferences) if (owner.uid !== '') pushTo(index, owner.uid, object);
    }
    return index;
  },
);

/** Times of one form sort as bytes; comparing them as words of a language is ten times slower. */
function byLast(a: ClusterEvent, b: ClusterEvent): number {
  const [x, y] = [a.last ?? '', b.last ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
}
