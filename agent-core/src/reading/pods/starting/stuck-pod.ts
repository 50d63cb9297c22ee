import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { conditionOf, containersOf, isFinished, isTerminating } from '../pod-status.ts';
import type { ContainerView } from '../pod-status.ts';
import { perLook } from '../../per-look.ts';
import { ageOf, isRecent, newestEvents } from '../../recency.ts';
import { unsettledPods } from '../unsettled-pods.ts';

/** What the kubelet says about a pod whose containers it cannot make. */
export interface Complaint {
  readonly message: string;
  /** The container, empty for a volume. */
  readonly container: string;
  /** Where it stands: an event, or a field of status. */
  readonly event: ClusterEvent | undefined;
  readonly path: string;
}

/** A pod on a node whose containers wait to be made. */
export interface StuckPod {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly complaints: readonly Complaint[];
  /** Milliseconds since it was given to its node. */
  readonly waiting: number;
  readonly since: string;
}

const configError = 'CreateContainerConfigError';
const beginning = new Set(['ContainerCreating', 'PodInitializing']);

function ofContainer(snapshot: Snapshot, pod: Pod, view: ContainerView): Complaint[] {
  const waiting = view.status?.state.waiting;
  if (waiting?.reason !== configError) return [];
  const path = `status.${view.init ? 'initContainerStatuses' : 'containerStatuses'}[name=${view.spec.name}].state.waiting.message`;
  if ((waiting.message ?? '') !== '') {
    return [{ message: waiting.message ?? '', container: view.spec.name, event: undefined, path }];
  }
  const event = newestEvents(snapshot, refTo('Pod', pod), 'Failed').find((e) => isRecent(snapshot, e.last));
  return [{ message: event?.message ?? '', container: view.spec.name, event, path }];
}

/** Mounts that failed, each message once. */
function ofVolumes(snapshot: Snapshot, pod: Pod): Complaint[] {
  const byVolume = new Map<string, Complaint>();
  for (const event of newestEvents(snapshot, refTo('Pod', pod), 'FailedMount')) {
    const key = event.message.split(' : ')[0] ?? '';
    if (!byVolume.has(key)) byVolume.set(key, { message: event.message, container: '', event, path: '' });
  }
  return [...byVolume.values()];
}

/** Most pods run: said at once, without looking at each container. */
function mayBeStuck({ status }: Pod): boolean {
  const waits = (s: ContainerStatus): boolean => s.state.waiting !== undefined;
  return (
    status.containerStatuses.length === 0 ||
    status.containerStatuses.some(waits) ||
    status.initContainerStatuses.some(waits)
  );
}

function asStuck(snapshot: Snapshot, pod: Pod): StuckPod[] {
  if (isFinished(pod) || isTerminating(pod) || (pod.spec.nodeName ?? '') === '') return [];
  if (!mayBeStuck(pod)) return [];
  const views = containersOf(pod);
  const hindered = views.flatMap((view) => ofContainer(snapshot, pod, view));
  const notBegun = views.every(
    (view) => view.status === undefined || beginning.has(view.status.state.waiting?.reason ?? ''),
  );
  if (hindered.length === 0 && !notBegun) return [];
  const scheduled =
    conditionOf(pod.status.conditions, 'PodScheduled')?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  const complaints = notBegun ? ofVolumes(snapshot, pod) : hindered;
  return [
    { pod, ref: refTo('Pod', pod), complaints, waiting: ageOf(snapshot, scheduled) ?? 0, since: scheduled ?? '' },
  ];
}

/** Pods that have a node and whose containers cannot be made, or have not been yet. Found once per snapshot. */
export const stuckPods: (snapshot: Snapshot) => readonly StuckPod[] = perLook((snapshot) =>
  unsettledPods(snapshot).flatMap((pod) =>
    pod.status.phase === 'Pending' || pod.status.phase === 'Running' ? asStuck(snapshot, pod) : [],
  ),
);
