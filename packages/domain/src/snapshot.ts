import type { CustomObject } from './kubernetes/cluster.ts';
import type { ClusterEvent } from './kubernetes/event.ts';
import { isKindName, kindNames } from './kubernetes/kinds.ts';
import type { KindName, ObjectOf } from './kubernetes/kinds.ts';
import type { Alert, Series } from './signal.ts';
import type { BlindSpot } from './diagnosis.ts';
import { pushTo } from './push-to.ts';

/** How much of a kind was seen. `partial`: some namespaces only, or cut by a limit. */
export type Coverage = 'full' | 'partial' | 'none';

/** How much of a kind was seen in the namespaces that are named here, and in all others. */
export interface NamespaceCoverage {
  readonly named: Readonly<Record<string, Coverage>>;
  readonly elsewhere: Coverage;
}

/** The text of one container's log. `truncated` when older lines were left out. */
export interface ContainerLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly text: string;
  readonly truncated: boolean;
}

export type ObjectsByKind = { readonly [K in KindName]?: readonly ObjectOf<K>[] };

/** What an adapter hands over; everything but `capturedAt` may be left out. Times are ISO. */
export interface SnapshotParts {
  readonly cluster?: string;
  /** "Now" for everything that reads the snapshot. */
  readonly capturedAt: string;
  readonly objects?: ObjectsByKind;
  readonly custom?: readonly CustomObject[];
  readonly logs?: readonly ContainerLog[];
  readonly alerts?: readonly Alert[];
  readonly series?: readonly Series[];
  readonly blindSpots?: readonly BlindSpot[];
  /** Coverage of a kind in every namespace; a kind that is absent here is `full` when listed in `objects`, else `none`. */
  readonly coverage?: { readonly [K in KindName]?: Coverage };
  /** Where it differs between namespaces (bundles): asked for one namespace, this stands before `coverage`. */
  readonly coverageByNamespace?: { readonly [K in KindName]?: NamespaceCoverage };
  /** Kinds that were asked for and could not be read: an answer without problems is then inconclusive. */
  readonly failed?: readonly KindName[];
  /** When set, namespaced kinds were read in these namespaces only: others count as not seen. */
  readonly namespaces?: readonly string[];
  /** The API server's version, `v1.36.3`, where known. */
  readonly serverVersion?: string;
  /** API groups and versions that the server serves (`apps/v1`), where discovery was read. */
  readonly servedVersions?: readonly string[];
}

const none: readonly never[] = Object.freeze([]);

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/**
 * The objects in scope at one moment, with the look-ups that rules need. Immutable and free of I/O; indexes are built
 * when first asked for. Reading a kind that was not fetched gives an empty list, so a rule that concludes from an
 * *absence* asks `saw` first.
 */
export class Snapshot {
  readonly parts: SnapshotParts;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly #byName = new Map<KindName, Map<string, unknown>>();
  readonly #byNamespace = new Map<KindName, Map<string, unknown[]>>();
  #events: Map<string, ClusterEvent[]> | undefined;
  #owned: Map<string, { kind: KindName; object: ObjectOf<KindName> }[]> | undefined;
  #logs: Map<string, ContainerLog> | undefined;

  constructor(parts: SnapshotParts) {
    this.parts = parts;
    const parsed = Date.parse(parts.capturedAt);
    this.now = Number.isNaN(parsed) ? 0 : parsed;
  }

  /** The same cluster with logs added (later ones win): the second tier of a diagnosis. */
  withLogs(logs: readonly ContainerLog[]): Snapshot {
    return new Snapshot({ ...this.parts, logs: [...(this.parts.logs ?? none), ...logs] });
  }

  get blindSpots(): readonly BlindSpot[] {
    return this.parts.blindSpots ?? none;
  }

  get alerts(): readonly Alert[] {
    return this.parts.alerts ?? none;
  }

  get series(): readonly Series[] {
    return this.parts.series ?? none;
  }

  get custom(): readonly CustomObject[] {
    return this.parts.custom ?? none;
  }

  list<K extends KindName>(kind: K): readonly ObjectOf<K>[] {
    return (this.parts.objects?.[kind] as readonly ObjectOf<K>[] | undefined) ?? none;
  }

  listIn<K extends KindName>(kind: K, namespace: string): readonly ObjectOf<K>[] {
    let index = this.#byNamespace.get(kind);
    if (index === undefined) {
      index = new Map();
      for (const object of this.list(kind)) pushTo(index, object.metadata.namespace, object);
      this.#byNamespace.set(kind, index);
    }
    return (index.get(namespace) as ObjectOf<K>[] | undefined) ?? none;
  }

  /** `namespace` is '' for cluster-scoped kinds. */
  get<K extends KindName>(kind: K, namespace: string, name: string): ObjectOf<K> | undefined {
    let index = this.#byName.get(kind);
    if (index === undefined) {
      index = new Map<string, unknown>();
      for (const object of this.list(kind)) index.set(keyOf(object.metadata.namespace, object.metadata.name), object);
      this.#byName.set(kind, index);
    }
    return index.get(keyOf(namespace, name)) as ObjectOf<K> | undefined;
  }

  /** How much of a kind was read, in one namespace or (without one) everywhere. */
  coverage(kind: KindName, namespace?: string): Coverage {
    const stated = this.parts.coverage?.[kind];
    const whole: Coverage = stated ?? (this.parts.objects?.[kind] === undefined ? 'none' : 'full');
    if (namespace === undefined || namespace === '') return whole;
    const byNamespace = this.parts.coverageByNamespace?.[kind];
    const here = byNamespace === undefined ? whole : Object.hasOwn(byNamespace.named, namespace) ? (byNamespace.named[namespace] ?? whole) : byNamespace.elsewhere;
    if (here !== 'full' || this.parts.namespaces === undefined) return here;
    return this.parts.namespaces.includes(namespace) ? 'full' : 'none';
  }

  /** True when every object of the kind (in that namespace) is here, so that an absence proves something. */
  saw(kind: KindName, namespace?: string): boolean {
    return this.coverage(kind, namespace) === 'full';
  }

  /** True when the object is certainly absent; false when it is here or when nobody could look. */
  lacks(kind: KindName, namespace: string, name: string): boolean {
    return this.saw(kind, namespace) && this.get(kind, namespace, name) === undefined;
  }

  /** Events about an object, oldest first. With a uid on both sides, an earlier object of the same name is left out. */
  eventsOf(ref: { kind: string; namespace: string; name: string; uid?: string }): readonly ClusterEvent[] {
    this.#events ??= this.#indexEvents();
    const all = this.#events.get(`${ref.kind}/${keyOf(ref.namespace, ref.name)}`) ?? none;
    if (ref.uid === undefined || ref.uid === '' || ref.kind === 'Node') return all;
    return all.filter((event) => event.object.uid === '' || event.object.uid === ref.uid);
  }

  /** Objects whose ownerReferences name this uid. */
  ownedBy(uid: string): readonly { kind: KindName; object: ObjectOf<KindName> }[] {
    this.#owned ??= this.#indexOwners();
    return (uid === '' ? undefined : this.#owned.get(uid)) ?? none;
  }

  log(namespace: string, pod: string, container: string, previous: boolean): ContainerLog | undefined {
    this.#logs ??= new Map((this.parts.logs ?? none).map((log) => [logKey(log), log]));
    return this.#logs.get(logKey({ namespace, pod, container, previous }));
  }

  /** Every kind that was read at all, with how many objects. */
  counts(): ReadonlyMap<KindName, number> {
    const counted = new Map<KindName, number>();
    for (const kind of kindNames) {
      const objects = this.parts.objects?.[kind];
      if (objects !== undefined) counted.set(kind, objects.length);
    }
    return counted;
  }

  #indexEvents(): Map<string, ClusterEvent[]> {
    const index = new Map<string, ClusterEvent[]>();
    for (const event of this.list('Event')) {
      // Events about cluster-scoped objects are kept in namespace "default" but name no namespace themselves.
      const { kind, namespace, name } = event.object;
      pushTo(index, `${kind}/${keyOf(namespace, name)}`, event);
    }
    // Times of one form sort as bytes; comparing them as words of a language is ten times slower.
    for (const events of index.values()) if (events.length > 1) events.sort((a, b) => byBytes(a.last ?? '', b.last ?? ''));
    return index;
  }

  #indexOwners(): Map<string, { kind: KindName; object: ObjectOf<KindName> }[]> {
    const index = new Map<string, { kind: KindName; object: ObjectOf<KindName> }[]>();
    for (const kind of kindNames) {
      for (const object of this.list(kind)) {
        for (const owner of object.metadata.ownerReferences) {
          if (owner.uid !== '' && isKindName(kind)) pushTo(index, owner.uid, { kind, object });
        }
      }
    }
    return index;
  }
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function logKey(log: { namespace: string; pod: string; container: string; previous: boolean }): string {
  return `${log.namespace}/${log.pod}/${log.container}/${log.previous}`;
}
