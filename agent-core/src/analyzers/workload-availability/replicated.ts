import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ReplicaSet } from '@autodevops/domain/kubernetes/workload';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podsOwnedBy, revisionsOf } from '../../reading/pods/owned-pods.ts';
import type { Revision } from '../../reading/pods/owned-pods.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';

/** A workload that wants a number of pods. */
export interface Replicated {
  readonly ref: ObjectRef;
  readonly object: { readonly metadata: Metadata };
  readonly desired: number;
  readonly ready: number;
  /** Where in its status the ready number stands. */
  readonly readyPath: string;
  readonly observedGeneration: number | undefined;
  readonly conditions: readonly Condition[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
}

const podsByWorkload = perSnapshot((snapshot) =>
  Map.groupBy(snapshot.list('Pod'), (pod) => refKey(workloadOf(snapshot, pod))),
);

/** Pods of ReplicaSets that were not recorded still tell their Deployment by their names. */
function podsOf(snapshot: Snapshot, ref: ObjectRef, revisions: readonly Revision[]): readonly Pod[] {
  if (revisions.length > 0 || snapshot.saw('ReplicaSet', ref.namespace)) return revisions.flatMap((r) => r.pods);
  return podsByWorkload(snapshot).get(refKey(ref)) ?? [];
}

function deployments(snapshot: Snapshot): Replicated[] {
  return snapshot.list('Deployment').map((object) => {
    const revisions = revisionsOf(snapshot, object.metadata.uid);
    const ref = refTo('Deployment', object);
    return {
      ref,
      object,
      desired: object.spec.replicas ?? 1,
      ready: object.status.readyReplicas ?? 0,
      readyPath: 'status.readyReplicas',
      observedGeneration: object.status.observedGeneration,
      conditions: object.status.conditions,
      replicaSets: revisions.filter((r) => r.pods.length > 0 || (r.set.spec.replicas ?? 0) > 0).map((r) => r.set),
      pods: podsOf(snapshot, ref, revisions),
    };
  });
}

function sets(snapshot: Snapshot): Replicated[] {
  return (['StatefulSet', 'ReplicaSet', 'ReplicationController'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((object): Replicated[] => {
      // A Deployment's ReplicaSets are the Deployment's business.
      if (kind === 'ReplicaSet' && object.metadata.ownerReferences.some((owner) => owner.controller === true)) {
        return [];
      }
      const { status } = object;
      return [
        {
          ref: refTo(kind, object),
          object,
          desired: object.spec.replicas ?? 1,
          ready: status.readyReplicas ?? 0,
          readyPath: 'status.readyReplicas',
          observedGeneration: 'observedGeneration' in status ? status.observedGeneration : object.metadata.generation,
          conditions: status.conditions,
          replicaSets: [],
          pods: podsOwnedBy(snapshot, object.metadata.uid),
        },
      ];
    }),
  );
}

function daemons(snapshot: Snapshot): Replicated[] {
  return snapshot.list('DaemonSet').map((object) => ({
    ref: refTo('DaemonSet', object),
    object,
    desired: object.status.desiredNumberScheduled ?? 0,
    ready: object.status.numberReady ?? 0,
    readyPath: 'status.numberReady',
    observedGeneration: object.status.observedGeneration,
    conditions: object.status.conditions,
    replicaSets: [],
    pods: podsOwnedBy(snapshot, object.metadata.uid),
  }));
}

/** Every such workload that is not being deleted. */
export function replicatedWorkloads(snapshot: Snapshot): readonly Replicated[] {
  const all = [...deployments(snapshot), ...sets(snapshot), ...daemons(snapshot)];
  return all.filter((workload) => workload.object.metadata.deletionTimestamp === undefined);
}
