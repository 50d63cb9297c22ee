import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ReplicaSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podsOwnedBy, revisionsOf } from '../../reading/owned-pods.ts';

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

function deployments(snapshot: Snapshot): Replicated[] {
  return snapshot.list('Deployment').map((object) => {
    const revisions = revisionsOf(snapshot, object.metadata.uid);
    return {
      ref: refTo('Deployment', object),
      object,
      desired: object.spec.replicas ?? 1,
      ready: object.status.readyReplicas ?? 0,
      readyPath: 'status.readyReplicas',
      observedGeneration: object.status.observedGeneration,
      conditions: object.status.conditions,
      replicaSets: revisions.filter((r) => r.pods.length > 0 || (r.set.spec.replicas ?? 0) > 0).map((r) => r.set),
      pods: revisions.flatMap((r) => r.pods),
    };
  });
}

function sets(snapshot: Snapshot): Replicated[] {
  return (['StatefulSet', 'ReplicaSet', 'ReplicationController'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((object): Replicated[] => {
      // A Deployment's ReplicaSets are the Deployment's business.
      if (kind === 'ReplicaSet' && object.metadata.ownerReferences.some((owner) => owner.controller === true)) return [];
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
