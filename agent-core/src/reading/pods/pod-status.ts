import type { Container, ContainerStatus, Pod, Terminated } from '@autodevops/domain/kubernetes/pod';

/** A container with what the kubelet says of it, and where it stands in the spec. */
export interface ContainerView {
  readonly spec: Container;
  readonly status: ContainerStatus | undefined;
  /** `spec.containers[0]` */
  readonly path: string;
  readonly init: boolean;
  /** An init container with `restartPolicy: Always`: it runs beside the others. */
  readonly sidecar: boolean;
}

/** Init containers first, in the order in which they run. */
export function containersOf(pod: Pod): readonly ContainerView[] {
  const view =
    (init: boolean) =>
    (spec: Container, index: number): ContainerView => {
      const statuses = init ? pod.status.initContainerStatuses : pod.status.containerStatuses;
      return {
        spec,
        status: statuses.find((s) => s.name === spec.name),
        path: `spec.${init ? 'initContainers' : 'containers'}[${index}]`,
        init,
        sidecar: init && spec.restartPolicy === 'Always',
      };
    };
  return [...pod.spec.initContainers.map(view(true)), ...pod.spec.containers.map(view(false))];
}

export function conditionOf<C extends { type: string }>(conditions: readonly C[], type: string): C | undefined {
  return conditions.find((c) => c.type === type);
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod.status.conditions, 'Ready')?.status === 'True' && pod.metadata.deletionTimestamp === undefined;
}

/** Ended, well or badly: it neither runs nor will again. */
export function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

/** How the container ended last: its present end, or the one before the present run. */
export function lastTermination(status: ContainerStatus | undefined): Terminated | undefined {
  return status?.state.terminated ?? status?.lastState.terminated;
}

/**
 * Crashing now: waiting to be started again after an end, ended with an error while its pod lives, or up only since a
 * moment ago after several ends. The kubelet shows Error or Completed between two waits, so the waiting reason alone
 * misses crash loops. `now` in milliseconds.
 */
export function isCrashing(view: ContainerView, pod: Pod, now: number): boolean {
  const { status } = view;
  if (status === undefined || isTerminating(pod)) return false;
  if (status.state.waiting?.reason === 'CrashLoopBackOff') return true;
  const ended = status.state.terminated;
  if (ended !== undefined) {
    if (view.init && !view.sidecar) return ended.exitCode !== 0 && !isFinished(pod);
    const restarts = pod.spec.restartPolicy === undefined || pod.spec.restartPolicy === 'Always' || view.sidecar;
    if (isFinished(pod)) return false;
    return restarts ? ended.exitCode !== 0 || (status.restartCount ?? 0) > 0 : ended.exitCode !== 0;
  }
  const before = status.lastState.terminated;
  if (before === undefined || (status.restartCount ?? 0) === 0) return false;
  if (status.state.waiting !== undefined) return true;
  return restartedRecently(status, now) && (status.restartCount ?? 0) >= 2;
}

const settled = 10 * 60_000;

/** Running, but for less than ten minutes since an unhealthy end. */
function restartedRecently(status: ContainerStatus, now: number): boolean {
  const started = Date.parse(status.state.running?.startedAt ?? '');
  if (Number.isNaN(started)) return false;
  return now - started < settled;
}
