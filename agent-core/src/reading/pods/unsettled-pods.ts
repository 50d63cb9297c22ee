import type { ContainerStatus, Pod } from '@autodevops/domain/kubernetes/pod';
import { perSnapshot } from '../per-snapshot.ts';
import { isReady } from './pod-status.ts';

/** Runs, and never ended before. */
function isSteady({ state, lastState }: ContainerStatus): boolean {
  return state.running !== undefined && lastState.terminated === undefined;
}

/** An init container that did its work at the first attempt. */
function isDone({ state, lastState }: ContainerStatus): boolean {
  const { terminated } = state;
  return (
    terminated?.exitCode === 0 &&
    (terminated.reason ?? 'Completed') === 'Completed' &&
    lastState.terminated === undefined
  );
}

function isSettled(pod: Pod): boolean {
  const { phase, containerStatuses, initContainerStatuses } = pod.status;
  if (phase !== 'Running' || containerStatuses.length === 0 || !isReady(pod)) return false;
  return (
    containerStatuses.every(isSteady) && initContainerStatuses.every((status) => isSteady(status) || isDone(status))
  );
}

/**
 * Pods of which there may be something to say: all but those that run, are ready, and whose containers never ended. Most
 * pods of most clusters are left out by this, once for every rule that looks for trouble.
 */
export const unsettledPods = perSnapshot((snapshot): readonly Pod[] =>
  snapshot.list('Pod').filter((pod) => !isSettled(pod)),
);
