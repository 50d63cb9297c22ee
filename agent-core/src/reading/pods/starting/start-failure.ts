import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { concernsContainer } from '../event-container.ts';
import { failedPods } from '../crashes/failed-pod.ts';
import { containersOf, isFinished, isTerminating } from '../pod-status.ts';
import type { ContainerView } from '../pod-status.ts';
import { isRecent, newestEvents } from '../../recency.ts';
import { perLook } from '../../per-look.ts';
import { unsettledPods } from '../unsettled-pods.ts';

/** The kubelet or the runtime could not create or start a container. */
export interface StartFailure {
  /** `CreateContainerConfigError`, `RunContainerError`, `StartError`, ... */
  readonly reason: string;
  /** What the kubelet or the runtime says; may be empty. */
  readonly message: string;
  /** Where the message stands: a field of status, or an event. */
  readonly path: string;
  readonly event: ClusterEvent | undefined;
}

const waitingReasons = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PostStartHookError',
  'StartError',
  'PreCreateHookError',
  'PreStartHookError',
]);
const endReasons = new Set(['StartError', 'ContainerCannotRun']);

function statusPath(view: ContainerView, part: string): string {
  return `status.${view.init ? 'initContainerStatuses' : 'containerStatuses'}[name=${view.spec.name}].${part}`;
}

function failedEvent(snapshot: Snapshot, pod: Pod, view: ContainerView): ClusterEvent | undefined {
  const events = newestEvents(snapshot, refTo('Pod', pod), 'Failed', 'FailedPostStartHook');
  return events.find(
    (e) => concernsContainer(e, view.spec.name) && isRecent(snapshot, e.last) && !isAboutImage(e.message),
  );
}

function isAboutImage(message: string): boolean {
  return (
    message.startsWith('Failed to pull image') ||
    message.startsWith('Error: ErrImage') ||
    message.startsWith('Error: ImagePull')
  );
}

/** Of a container that waits because it cannot be created or started, or whose last run ended before it began. */
export function startFailureOf(snapshot: Snapshot, pod: Pod, view: ContainerView): StartFailure | undefined {
  const { status } = view;
  const waiting = status?.state.waiting;
  const reason = waiting?.reason ?? '';
  if (waitingReasons.has(reason)) {
    const message = waiting?.message ?? '';
    if (message !== '') return { reason, message, path: statusPath(view, 'state.waiting.message'), event: undefined };
    const event = failedEvent(snapshot, pod, view);
    return { reason, message: event?.message ?? '', path: statusPath(view, 'state.waiting.reason'), event };
  }
  for (const which of ['state', 'lastState'] as const) {
    const ended = status?.[which].terminated;
    if (ended === undefined || !endReasons.has(ended.reason ?? '')) continue;
    if (which === 'lastState' && status?.state.running !== undefined) continue;
    return {
      reason: ended.reason ?? '',
      message: ended.message ?? '',
      path: statusPath(view, `${which}.terminated.message`),
      event: undefined,
    };
  }
  return undefined;
}

/** A start failure with the container that has it. */
export interface UnstartedContainer {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly failure: StartFailure;
}

/** Most containers run: said at once, without looking at each pod closely. */
function mayBeUnstarted({ status }: Pod): boolean {
  const waits = (s: ContainerStatus): boolean =>
    s.state.running === undefined &&
    (s.state.waiting !== undefined || endReasons.has(s.state.terminated?.reason ?? ''));
  return status.containerStatuses.some(waits) || status.initContainerStatuses.some(waits);
}

function find(snapshot: Snapshot): readonly UnstartedContainer[] {
  const alive = unsettledPods(snapshot).filter((pod) => mayBeUnstarted(pod) && !isFinished(pod) && !isTerminating(pod));
  return [...alive, ...failedPods(snapshot)].flatMap((pod) =>
    containersOf(pod).flatMap((view) => {
      const failure = startFailureOf(snapshot, pod, view);
      return failure === undefined ? [] : [{ pod, ref: refTo('Pod', pod), view, failure }];
    }),
  );
}

/** Every container that cannot be created or started, in pods that live or whose failure still matters. */
export const unstartedContainers: (snapshot: Snapshot) => readonly UnstartedContainer[] = perLook(find);
