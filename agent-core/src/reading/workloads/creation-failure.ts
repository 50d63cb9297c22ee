import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { topOwner } from './owner.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { conditionOf } from '../pods/pod-status.ts';
import { newestEvents } from '../recency.ts';

/** A controller that wants objects which the API server refuses: they exist nowhere but in this text. */
export interface CreationFailure {
  readonly owner: ObjectRef;
  /** What people know it by: the Deployment of a ReplicaSet, the CronJob of a Job, else the owner itself. */
  readonly workload: ObjectRef;
  /** What the API server said. */
  readonly message: string;
  readonly condition: Condition | undefined;
  readonly event: ClusterEvent | undefined;
  readonly since: string;
  /** How many it lacks; at least 1. */
  readonly missing: number;
  /** The pods' specification, where the owner has one. */
  readonly spec: PodSpec | undefined;
}

interface Wanting {
  readonly kind: KindName;
  readonly object: { readonly metadata: Metadata };
  readonly missing: number;
  readonly condition: Condition | undefined;
  readonly spec: PodSpec | undefined;
}

function failing(conditions: readonly Condition[]): Condition | undefined {
  const condition = conditionOf(conditions, 'ReplicaFailure');
  return condition?.status === 'True' && condition.reason !== 'FailedDelete' ? condition : undefined;
}

function fromReplicaSets(snapshot: Snapshot, kind: 'ReplicaSet' | 'ReplicationController'): Wanting[] {
  return snapshot.list(kind).flatMap((object) => {
    const wanted = object.spec.replicas ?? 1;
    if (wanted === 0) return [];
    const missing = wanted - (object.status.replicas ?? 0);
    const condition = failing(object.status.conditions);
    return missing > 0 || condition !== undefined
      ? [{ kind, object, missing, condition, spec: object.spec.template.spec }]
      : [];
  });
}

function fromDeployments(snapshot: Snapshot): Wanting[] {
  const blind = (namespace: string): boolean => !snapshot.saw('ReplicaSet', namespace);
  return snapshot.list('Deployment').flatMap((object): Wanting[] => {
    if ((object.spec.replicas ?? 1) === 0) return [];
    const progressing = conditionOf(object.status.conditions, 'Progressing');
    const noReplicaSet =
      progressing?.status === 'False' && progressing.reason === 'ReplicaSetCreateError' ? progressing : undefined;
    const pods = blind(object.metadata.namespace) ? failing(object.status.conditions) : undefined;
    const condition = noReplicaSet ?? pods;
    const missing = (object.spec.replicas ?? 1) - (object.status.replicas ?? 0);
    return condition === undefined
      ? []
      : [{ kind: 'Deployment', object, missing, condition, spec: object.spec.template.spec }];
  });
}

function fromOthers(snapshot: Snapshot): Wanting[] {
  const sets = snapshot.list('StatefulSet').map((object): Wanting => {
    const missing = (object.spec.replicas ?? 1) - (object.status.replicas ?? 0);
    return { kind: 'StatefulSet', object, missing, condition: undefined, spec: object.spec.template.spec };
  });
  const daemons = snapshot.list('DaemonSet').map((object): Wanting => {
    const missing = (object.status.desiredNumberScheduled ?? 0) - (object.status.currentNumberScheduled ?? 0);
    return { kind: 'DaemonSet', object, missing, condition: undefined, spec: object.spec.template.spec };
  });
  const jobs = snapshot.list('Job').map((object): Wanting => {
    const ended = object.status.conditions.some(
      (c) => (c.type === 'Complete' || c.type === 'Failed' || c.type === 'Suspended') && c.status === 'True',
    );
    const wanted = Math.min(
      object.spec.parallelism ?? 1,
      Math.max(0, (object.spec.completions ?? 1) - (object.status.succeeded ?? 0)),
    );
    return {
      kind: 'Job',
      object,
      missing: ended ? 0 : wanted - (object.status.active ?? 0),
      condition: undefined,
      spec: object.spec.template.spec,
    };
  });
  return [...sets, ...daemons, ...jobs].filter((wanting) => wanting.missing > 0);
}

/** Only where the last attempt failed: a later start of a Job says that it passed. */
function fromCronJobs(snapshot: Snapshot): Wanting[] {
  return snapshot.list('CronJob').flatMap((object): Wanting[] => {
    const event = newestEvents(snapshot, refTo('CronJob', object), 'FailedCreate', 'SuccessfulCreate')[0];
    const later = (object.status.lastScheduleTime ?? '') > (event?.last ?? '');
    if (event?.reason !== 'FailedCreate' || later || object.spec.suspend === true) return [];
    return [{ kind: 'CronJob', object, missing: 1, condition: undefined, spec: undefined }];
  });
}

function read(snapshot: Snapshot, wanting: Wanting): CreationFailure | undefined {
  const owner = refTo(wanting.kind, wanting.object as ObjectOf<KindName>);
  if (wanting.object.metadata.deletionTimestamp !== undefined) return undefined;
  const event = newestEvents(snapshot, owner, 'FailedCreate', 'ReplicaSetCreateError')[0];
  const { condition } = wanting;
  const message = condition?.message ?? event?.message;
  if (message === undefined || message === '') return undefined;
  const since = condition?.lastTransitionTime ?? event?.first ?? '';
  const workload = topOwner(snapshot, wanting.kind, wanting.object);
  return {
    owner,
    workload,
    message,
    condition,
    event,
    since,
    missing: Math.max(1, wanting.missing),
    spec: wanting.spec,
  };
}

/**
 * Controllers that lack objects now because creating them fails: a ReplicaFailure condition, or fewer replicas than
 * wanted and a FailedCreate event. Made once for a snapshot.
 */
export const creationFailures: (snapshot: Snapshot) => readonly CreationFailure[] = perSnapshot((snapshot) => {
  const wanting = [
    ...fromReplicaSets(snapshot, 'ReplicaSet'),
    ...fromReplicaSets(snapshot, 'ReplicationController'),
    ...fromDeployments(snapshot),
    ...fromOthers(snapshot),
    ...fromCronJobs(snapshot),
  ];
  return wanting.flatMap((w) => read(snapshot, w) ?? []);
});
