import type { Lease, Node } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { HasMetadata, ObjectStore } from './objects/object-store.ts';

/** A clock that is this far ahead of most others is wrong. */
const tolerance = 10 * 60_000;

function milliseconds(text: string | undefined): number {
  const time = text === undefined || text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}

function newest(texts: readonly (string | undefined)[]): number {
  let latest = 0;
  for (const text of texts) latest = Math.max(latest, milliseconds(text));
  return latest;
}

function metadataTime(metadata: Metadata): number {
  // A deletion's time lies in the future by the grace that was given.
  const deleted = milliseconds(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return Math.max(newest([metadata.creationTimestamp, ...metadata.managers.map(({ time }) => time)]), deleted);
}

interface HasConditions {
  readonly status?: {
    readonly conditions?: readonly {
      readonly lastTransitionTime?: string | undefined;
      readonly lastUpdateTime?: string | undefined;
    }[];
  };
}

function conditionTimes(object: HasConditions): (string | undefined)[] {
  const { conditions } = object.status ?? {};
  return Array.isArray(conditions)
    ? conditions.flatMap((c: { lastTransitionTime?: string; lastUpdateTime?: string }) => [
        c.lastTransitionTime,
        c.lastUpdateTime,
      ])
    : [];
}

function podTimes(pod: Pod): (string | undefined)[] {
  const statuses = [...pod.status.containerStatuses, ...pod.status.initContainerStatuses];
  return [
    pod.status.startTime,
    ...statuses.flatMap(({ state, lastState }) => [
      state.running?.startedAt,
      state.terminated?.finishedAt,
      lastState.terminated?.finishedAt,
    ]),
  ];
}

function heartbeat(node: Node): number {
  return newest(node.status.conditions.map(({ lastHeartbeatTime }) => lastHeartbeatTime));
}

/**
 * The latest time that can be true, where three or more live nodes agree about the present and another time is far
 * ahead of theirs.
 */
function latestCredible(nodes: Iterable<Node>): number {
  const live = [...nodes]
    .filter(({ status }) =>
      status.conditions.some(({ type, status: ready }) => type === 'Ready' && ready !== 'Unknown'),
    )
    .map(heartbeat)
    .filter((time) => time > 0)
    .toSorted((a, b) => a - b);
  const median = live[Math.floor(live.length / 2)];
  return live.length < 3 || median === undefined ? Number.POSITIVE_INFINITY : median + tolerance;
}

/** The newest time in the objects, in milliseconds: what comes nearest to when the bundle was made. 0 without any. */
export function newestTime(store: ObjectStore): number {
  const objects = <T>(kind: Parameters<ObjectStore['byKind']['get']>[0]): Iterable<T> =>
    (store.byKind.get(kind)?.values() ?? []) as Iterable<T>;
  const credible = latestCredible(objects<Node>('Node'));
  let latest = 0;
  let anyTime = 0;
  const take = (time: number): void => {
    if (time <= credible) latest = Math.max(latest, time);
    anyTime = Math.max(anyTime, time);
  };
  const takeAny = (object: HasMetadata): void => {
    take(metadataTime(object.metadata));
    for (const text of conditionTimes(object as HasConditions)) take(milliseconds(text));
  };
  for (const held of store.byKind.values()) for (const object of held.values()) takeAny(object);
  for (const object of store.custom.values()) takeAny(object as HasMetadata);
  for (const event of objects<ClusterEvent>('Event')) take(milliseconds(event.last));
  for (const node of objects<Node>('Node')) take(heartbeat(node));
  for (const lease of objects<Lease>('Lease')) take(milliseconds(lease.spec.renewTime));
  for (const pod of objects<Pod>('Pod')) for (const text of podTimes(pod)) take(milliseconds(text));
  return latest === 0 ? anyTime : latest;
}

const stamp = /\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))/g;

/** The newest time that stands in a piece of a log, in milliseconds; 0 without any. */
export function newestLogTime(text: string): number {
  let latest = 0;
  for (const [, time] of text.matchAll(stamp)) latest = Math.max(latest, milliseconds(time?.replace(' ', 'T')));
  return latest;
}
