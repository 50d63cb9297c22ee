import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { conditionsOf, customOfKind, refToCustom } from '../platform/custom-objects.ts';
import { isRecent, newestEvents } from '../recency.ts';
import { claimPromised, claimTrouble, karpenterGroup, poolOf } from './node-claim.ts';

/** The pool of the machine that Karpenter has bought for a pod. */
function poolPromised(snapshot: Snapshot, event: ClusterEvent): CustomObject | undefined {
  const claim = claimPromised(snapshot, event);
  return claim === undefined ? undefined : poolOf(snapshot, claim);
}

function neverRegisters(pool: CustomObject): boolean {
  return conditionsOf(pool).some(({ type, status }) => type === 'NodeRegistrationHealthy' && status === 'False');
}

/** A promise of a node counts for nothing where its machine does not come, or none of the pool joins the cluster. */
export function isEmptyPromise(snapshot: Snapshot, event: ClusterEvent): boolean {
  const claim = claimPromised(snapshot, event);
  if (claim !== undefined && claimTrouble(snapshot, claim) !== undefined) return true;
  const pool = poolPromised(snapshot, event);
  return pool !== undefined && neverRegisters(pool);
}

/** An autoscaler found a machine that the pod fits on: what the nodes of now offer does not limit it. */
export function isPromisedANode(snapshot: Snapshot, pod: ObjectRef): boolean {
  return newestEvents(snapshot, pod, 'TriggeredScaleUp', 'Nominated').some((event) => isRecent(snapshot, event.last));
}

/** The order for a machine that was promised to a pod and does not become a node. */
export function brokenClaims(snapshot: Snapshot, pod: ObjectRef): readonly ObjectRef[] {
  const [newest] = newestEvents(snapshot, pod, 'Nominated');
  const claim = newest === undefined ? undefined : claimPromised(snapshot, newest);
  return claim !== undefined && claimTrouble(snapshot, claim) !== undefined ? [refToCustom(claim)] : [];
}

/** The pools whose machines were promised to a pod and do not join. */
export function brokenPools(snapshot: Snapshot, pod: ObjectRef): readonly ObjectRef[] {
  const [newest] = newestEvents(snapshot, pod, 'Nominated');
  const pool = newest === undefined ? undefined : poolPromised(snapshot, newest);
  return pool !== undefined && neverRegisters(pool) ? [refToCustom(pool)] : [];
}

function readiness(pool: CustomObject): string | undefined {
  return conditionsOf(pool).find(({ type }) => type === 'Ready')?.status;
}

/** Karpenter's pools, where every one of them says that it can make no machine. */
export function closedPools(snapshot: Snapshot): readonly ObjectRef[] {
  const pools = customOfKind(snapshot, karpenterGroup, 'NodePool');
  return pools.every((pool) => readiness(pool) === 'False') ? pools.map(refToCustom) : [];
}
