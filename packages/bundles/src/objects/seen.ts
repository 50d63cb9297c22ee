import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Place } from './place.ts';

/** One list as it was read: how many of its objects lie in which namespace, by kind. */
export interface ListSeen {
  readonly place: Place;
  /** The kind in the list's own name (PodList) or in its file's name. */
  readonly kind: KindName | undefined;
  readonly namespaces: ReadonlyMap<KindName, ReadonlyMap<string, number>>;
  /** The API server said that there is more, or an item could not be read. */
  readonly cut: boolean;
}

/** What in a bundle proves that a kind was read whole, and what speaks against it. */
export interface Seen {
  /** Kinds of which one list covers every namespace (or that have none). */
  readonly everywhere: Set<KindName>;
  readonly inNamespace: Map<KindName, Set<string>>;
  /** Namespaces with live objects, by kind. */
  readonly live: Map<KindName, Set<string>>;
  /** Kinds of which a part could not be read. */
  readonly damaged: Set<KindName>;
  /** True when a part of unknown kind could not be read. */
  allDamaged: boolean;
  /** Namespaces that hold any namespaced object but events. */
  readonly populated: Set<string>;
}

export function nothingSeen(): Seen {
  return {
    everywhere: new Set(),
    inNamespace: new Map(),
    live: new Map(),
    damaged: new Set(),
    allDamaged: false,
    populated: new Set(),
  };
}

export function addTo(map: Map<KindName, Set<string>>, kind: KindName, namespace: string): void {
  const held = map.get(kind);
  if (held === undefined) map.set(kind, new Set([namespace]));
  else held.add(namespace);
}

function noteKind(seen: Seen, kind: KindName, namespaces: readonly string[], stated: string | undefined): void {
  if (!kinds[kind].namespaced) seen.everywhere.add(kind);
  else if (stated !== undefined && namespaces.every((namespace) => namespace === stated)) {
    addTo(seen.inNamespace, kind, stated);
  }
  // Objects of two namespaces in one list: nobody asked for one namespace only.
  else if (namespaces.length > 1) seen.everywhere.add(kind);
  else for (const namespace of namespaces) addTo(seen.inNamespace, kind, namespace);
}

/** Draws from one list what it proves. Lists of manifests prove nothing, so only live objects are counted in them. */
export function noteList(seen: Seen, list: ListSeen): void {
  const listed = new Set<KindName>(list.namespaces.keys());
  if (list.kind !== undefined) listed.add(list.kind);
  for (const kind of listed) {
    if (list.cut) seen.damaged.add(kind);
    noteKind(seen, kind, [...(list.namespaces.get(kind)?.keys() ?? [])], list.place.namespace);
  }
}
