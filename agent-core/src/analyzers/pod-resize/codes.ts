import type { CodeEntry } from '@autodevops/domain/finding';

const base = {
  group: 'workload',
  avoid: ['Do not delete the pod only to have the change applied: its template still asks for what it asked before.'],
} as const;

export const resizeInfeasible: CodeEntry = {
  ...base,
  code: 'pod.resize.infeasible',
  title: 'Resources of the running pod cannot be changed on its node',
  severity: 'warning',
  means:
    'Somebody (a person or a vertical autoscaler) changed the requests or limits of a running pod in place, and its node can never give them. The pod runs on with what it had, and its spec says something else.',
  recognised: 'The condition PodResizePending of a pod is True with reason Infeasible.',
  nextSteps: [
    'Ask for no more than the node has, or change the template of the workload, so that a new pod finds a node that is large enough.',
    'Where a vertical autoscaler asked for it, set `maxAllowed` in its resource policy.',
  ],
};

export const resizeFailed: CodeEntry = {
  ...base,
  code: 'pod.resize.failed',
  title: 'Resources of the running pod are changed without success',
  severity: 'warning',
  means:
    'The kubelet accepted other requests or limits for a running pod and cannot put them into effect, for example because the container uses more memory than the new limit.',
  recognised: 'The condition PodResizeInProgress of a pod is True with reason Error.',
  nextSteps: [
    'Read the quoted message. A memory limit below what the container uses now cannot be set while it runs: choose a higher one, or let the container restart (resizePolicy RestartContainer).',
  ],
};

export const resizeDeferred: CodeEntry = {
  ...base,
  code: 'pod.resize.deferred',
  title: 'Resources of the running pod are changed once its node has room',
  severity: 'info',
  means:
    'The new requests of a running pod fit its node, but other pods have the room now. The kubelet tries again when some of them leave.',
  recognised: 'The condition PodResizePending of a pod is True with reason Deferred.',
  nextSteps: [
    'Wait, move other pods from the node, or change the template of the workload so that a new pod goes to a node with room.',
  ],
};
