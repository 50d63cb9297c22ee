import type { CustomObject } from './kubernetes/cluster.ts';
import type { ClusterEvent } from './kubernetes/event.ts';
import { kindNames } from './kubernetes/kinds.ts';
import type { KindName, ObjectOf } from './kubernetes/kinds.ts';
import type { Alert, Series } from './signal.ts';
import type { BlindSpot } from './diagnosis.ts';
import { byName, byNamespace, byOwner, eventsByObject } from './snapshot-indexes.ts';
import type { ByName, Named } from './snapshot-indexes.ts';

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

/**
 * The objects in scope at one moment, with the look-ups that rules need. Immutable and free of I/O; indexes are built
 * when first asked for. Reading a kind that was not fetched gives an empty list, so a rule that concludes from an
 * *absence* asks `saw` first.
 */
export class Snapshot {
  readonly parts: SnapshotParts;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly #byName = new Map<KindName, ByName<Named>>();
  /** Of the kinds that are owned at all. */
  #owned: readonly { readonly kind: KindName; readonly index: ReturnType<typeof byOwner> }[] | undefined;
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

  /** The same cluster with these alerts and no others. */
  withAlerts(alerts: readonly Alert[]): Snapshot {
    return new Snapshot({ ...this.parts, alerts });
  }

  /** The same cluster with what monitoring says of it besides; alerts that are given stand in place of those before. */
  withSignals({
    series,
    alerts,
    blindSpots,
  }: {
    readonly series: readonly Series[];
    readonly alerts?: readonly Alert[];
    readonly blindSpots: readonly BlindSpot[];
  }): Snapshot {
    return new Snapshot({
      ...this.parts,
      series: [...this.series, ...series],
      blindSpots: [...this.blindSpots, ...blindSpots],
      ...(alerts === undefined ? {} : { alerts }),
    });
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
    return (byNamespace(this.list(kind)).get(namespace) as readonly ObjectOf<K>[] | undefined) ?? none;
  }

  /** `namespace` is '' for cluster-scoped kinds. */
  get<K extends KindName>(kind: K, namespace: string, name: string): ObjectOf<K> | undefined {
    let index = this.#byName.get(kind);
    if (index === undefined) this.#byName.set(kind, (index = byName(this.list(kind))));
    return index.get(namespace)?.get(name) as ObjectOf<K> | undefined;
  }

  /** How much of a kind was read, in one namespace or (without one) everywhere. */
  coverage(kind: KindName, namespace?: string): Coverage {
    const stated = this.parts.coverage?.[kind];
    const whole: Coverage = stated ?? (this.parts.objects?.[kind] === undefined ? 'none' : 'full');
    if (namespace === undefined || namespace === '') return whole;
    const byNamespace = this.parts.coverageByNamespace?.[kind];
    const here =
      byNamespace === undefined
        ? whole
        : Object.hasOwn(byNamespace.named, namespace)
          ? (byNamespace.named[namespace] ?? whole)
          : byNamespace.elsewhere;
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
    const all = eventsByObject(this.list('Event')).get(ref.kind)?.get(ref.namespace)?.get(ref.name) ?? none;
    if (ref.uid === undefined || ref.uid === '' || ref.kind === 'Node') return all;
    return all.filter((event) => event.object.uid === '' || event.object.uid === ref.uid);
  }

  /** Objects whose ownerReferences name this uid. */
  ownedBy(uid: string): readonly { kind: KindName; object: ObjectOf<KindName> }[] {
    this.#owned ??= kindNames
      .map((kind) => ({ kind, index: byOwner(this.list(kind)) }))
      .filter(({ index }) => index.size > 0);
    if (uid === '') return none;
    const found: { kind: KindName; object: ObjectOf<KindName> }[] = [];
    for (const { kind, index } of this.#owned) {
      for (const object of index.get(uid) ?? none) found.push({ kind, object });
    }
    return found;
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
}

function logKey(log: { namespace: string; pod: string; container: string; previous: boolean }): string {
  return `${log.namespace}/${log.pod}/${log.container}/${log.previous}`;
}
