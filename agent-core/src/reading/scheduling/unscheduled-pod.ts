import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { conditionOf, isFinished, isTerminating } from '../pods/pod-status.ts';
import { isRecent, newestEvents } from '../recency.ts';
import { blockingReason } from './blocking-reason.ts';
import type { Blocking } from './blocking-reason.ts';
import { wishOf } from './node-obstacles.ts';
import type { Wish } from './node-obstacles.ts';
import { isEmptyPromise } from './node-promise.ts';
import { schedulerReasons } from './scheduler-message.ts';
import type { SchedulerReason } from './scheduler-message.ts';
import { unsettledPods } from '../pods/unsettled-pods.ts';

/** A pod that has no node although the scheduler looked. */
export interface UnscheduledPod {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly wish: Wish;
  readonly reasons: readonly SchedulerReason[];
  readonly blocking: Blocking | undefined;
  /** What the scheduler said: the pod's condition, its newest event, or both. */
  readonly condition: Condition | undefined;
  readonly event: ClusterEvent | undefined;
  readonly since: string;
  /** Room is on its way: an autoscaler adds a node, or victims are leaving the nominated node. */
  readonly onItsWay: ClusterEvent | undefined;
}

/** Without a node, not ended, not being deleted. */
export function waitsForNode(pod: Pod): boolean {
  const { phase } = pod.status;
  if (pod.spec.nodeName !== undefined && pod.spec.nodeName !== '') return false;
  return (phase === undefined || phase === '' || phase === 'Pending') && !isFinished(pod) && !isTerminating(pod);
}

export function scheduledCondition(pod: Pod): Condition | undefined {
  return conditionOf(pod.status.conditions, 'PodScheduled');
}

const scalingPatience = 15 * 60_000;

/** The event that says that room is on its way: an autoscaler adds a node, or victims are leaving. */
export function roomOnItsWay(snapshot: Snapshot, ref: ObjectRef): ClusterEvent | undefined {
  // A promise that is repeated for longer than a node takes to come is none.
  return newestEvents(snapshot, ref, 'TriggeredScaleUp', 'Nominated').find(
    (event) =>
      isRecent(snapshot, event.last, scalingPatience) &&
      isRecent(snapshot, event.first, scalingPatience) &&
      !isEmptyPromise(snapshot, event),
  );
}

/** Pods with the same demands and the same text stand before the same nodes. */
function demandsKey(wish: Wish, message: string): string {
  const { nodeSelector, affinity, tolerations } = wish.pod.spec;
  const volumes = wish.volumes.map((volume) => volume.metadata.name);
  return JSON.stringify([
    message,
    [...wish.request],
    nodeSelector,
    affinity.nodeAffinity,
    tolerations,
    wish.ports,
    volumes,
  ]);
}

function read(snapshot: Snapshot, pod: Pod, shared: Map<string, Blocking | undefined>): UnscheduledPod | undefined {
  const ref = refTo('Pod', pod);
  const condition = scheduledCondition(pod);
  const event = newestEvents(snapshot, ref, 'FailedScheduling')[0];
  const refused = condition?.status === 'False' && condition.reason !== 'SchedulingGated';
  if (!refused && (condition !== undefined || event === undefined)) return undefined;
  const message = condition !== undefined && condition.message !== '' ? condition.message : (event?.message ?? '');
  const reasons = schedulerReasons(message);
  const wish = wishOf(snapshot, pod);
  const key = demandsKey(wish, message);
  const blocking = shared.has(key) ? shared.get(key) : blockingReason(snapshot, wish, reasons);
  shared.set(key, blocking);
  return {
    pod,
    ref,
    wish,
    reasons,
    blocking,
    condition,
    event,
    since: condition?.lastTransitionTime ?? event?.first ?? pod.metadata.creationTimestamp ?? '',
    onItsWay: roomOnItsWay(snapshot, ref),
  };
}

/** Every pod that the scheduler could not place, with what really blocks it; made once for a snapshot. */
export const unscheduledPods: (snapshot: Snapshot) => readonly UnscheduledPod[] = perSnapshot((snapshot) => {
  const shared = new Map<string, Blocking | undefined>();
  return unsettledPods(snapshot).flatMap((pod) => (waitsForNode(pod) ? (read(snapshot, pod, shared) ?? []) : []));
});
