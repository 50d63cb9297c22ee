import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { conditionsOf, customNamed, customOfKind, refToCustom } from '../platform/custom-objects.ts';
import { newestEvents } from '../recency.ts';

const group = 'karpenter.sh';

/** The pool of the machine that Karpenter has bought for a pod: `Pod should schedule on: nodeclaim/arm-8xk2p`. */
function poolOf(snapshot: Snapshot, { message }: ClusterEvent): CustomObject | undefined {
  const name = /nodeclaim\/([a-z0-9.-]{1,253})/.exec(message)?.[1];
  const claim =
    name === undefined ? undefined : customNamed(snapshot, { group, kind: 'NodeClaim', namespace: '', name });
  const pool = claim?.metadata.labels['karpenter.sh/nodepool'];
  return pool === undefined ? undefined : customNamed(snapshot, { group, kind: 'NodePool', namespace: '', name: pool });
}

function neverRegisters(pool: CustomObject): boolean {
  return conditionsOf(pool).some(({ type, status }) => type === 'NodeRegistrationHealthy' && status === 'False');
}

/** A promise of a node counts for nothing where no machine of the pool joins the cluster. */
export function isEmptyPromise(snapshot: Snapshot, event: ClusterEvent): boolean {
  const pool = poolOf(snapshot, event);
  return pool !== undefined && neverRegisters(pool);
}

/** The pools whose machines were promised to a pod and do not join. */
export function brokenPools(snapshot: Snapshot, pod: ObjectRef): readonly ObjectRef[] {
  const [newest] = newestEvents(snapshot, pod, 'Nominated');
  const pool = newest === undefined ? undefined : poolOf(snapshot, newest);
  return pool !== undefined && neverRegisters(pool) ? [refToCustom(pool)] : [];
}

function readiness(pool: CustomObject): string | undefined {
  return conditionsOf(pool).find(({ type }) => type === 'Ready')?.status;
}

/** Karpenter's pools, where every one of them says that it can make no machine. */
export function closedPools(snapshot: Snapshot): readonly ObjectRef[] {
  const pools = customOfKind(snapshot, group, 'NodePool');
  return pools.every((pool) => readiness(pool) === 'False') ? pools.map(refToCustom) : [];
}
