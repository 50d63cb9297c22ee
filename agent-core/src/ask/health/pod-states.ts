import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { containersOf, isCrashing, isFinished, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { podState } from './object-state.ts';

type PodTest = (pod: Pod, now: number) => boolean;

/** How pods are asked to be, by how it is said of them. "Not running" is more than "not ready": what ended well does not run either. */
const podStates = {
  'without a node': (pod) => (pod.spec.nodeName ?? '') === '' && !isFinished(pod),
  'waiting for an image': (pod) => /Image/.test(podState(pod)),
  pending: (pod) => pod.status.phase === 'Pending' && !isTerminating(pod),
  crashing: (pod, now) => containersOf(pod).some((view) => isCrashing(view, pod, now)),
  evicted: (pod) => pod.status.reason === 'Evicted',
  'killed for memory': (pod) =>
    containersOf(pod).some(({ status }) =>
      [status?.state, status?.lastState].some((state) => state?.terminated?.reason === 'OOMKilled'),
    ),
  terminating: isTerminating,
  completed: (pod) => pod.status.phase === 'Succeeded',
  failed: (pod) => pod.status.phase === 'Failed',
  'not ready': (pod) => pod.status.phase === 'Failed' || (!isFinished(pod) && !isReady(pod)),
  'running and ready': (pod) => !isFinished(pod) && isReady(pod),
  running: (pod) => pod.status.phase === 'Running' && !isTerminating(pod),
  'not running': (pod) => pod.status.phase !== 'Running' || isTerminating(pod),
} as const satisfies Readonly<Record<string, PodTest>>;

export type PodState = keyof typeof podStates;

/** Whether a pod is as it is said. */
export function isInState(pod: Pod, state: PodState, now: number): boolean {
  return podStates[state](pod, now);
}
