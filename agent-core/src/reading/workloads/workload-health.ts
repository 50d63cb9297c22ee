import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** True when a workload has all its replicas ready, false when it lacks some, undefined when it cannot be told. */
export function isWhole(snapshot: Snapshot, ref: ObjectRef): boolean | undefined {
  const { kind, namespace, name } = ref;
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet') {
    const found = snapshot.get(kind, namespace, name);
    return found === undefined ? undefined : (found.status.readyReplicas ?? 0) >= (found.spec.replicas ?? 1);
  }
  if (kind === 'DaemonSet') {
    const found = snapshot.get(kind, namespace, name);
    return found === undefined
      ? undefined
      : (found.status.numberReady ?? 0) >= (found.status.desiredNumberScheduled ?? 0);
  }
  return undefined;
}

/** A Deployment with as many ready pods as it wants. Of other workloads every pod counts: none of theirs is one too many. */
export function isWholeDeployment(snapshot: Snapshot, ref: ObjectRef): boolean {
  return ref.kind === 'Deployment' && isWhole(snapshot, ref) === true;
}
