import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'probe', severity: 'critical' } as const;

export const gateClosed: CodeEntry = {
  ...base,
  code: 'pod.not-ready.gate',
  title: 'Readiness gate not open',
  means:
    'All containers are ready, but the pod also waits for a condition that something outside (a load balancer controller, a rollout tool) has to set.',
  recognised:
    'The pod is not ready with reason ReadinessGatesNotReady, or a condition of spec.readinessGates is missing or not True.',
  nextSteps: [
    'Look at the controller that sets this condition: does it run, and does the load balancer see the pod as healthy?',
  ],
  avoid: ['Do not set the condition by hand: traffic would go to a pod that the load balancer does not know.'],
};

export const notReady: CodeEntry = {
  ...base,
  code: 'pod.not-ready.unknown',
  title: 'Pod runs and is not ready',
  means:
    'The pod runs, but is not counted as ready, so Services send it nothing. Neither its events nor its log say why.',
  recognised:
    'Condition Ready is False for a running pod, a minute and more after its start (sooner where an alert about it fires), without a newer event that tells why.',
  nextSteps: [
    'Ask the probe by hand: `kubectl exec` into the pod, or `kubectl port-forward` and the path of the probe.',
    'Read the log of the container that is not ready.',
  ],
  avoid: ['Do not delete all such pods at once.'],
};

export const notStarted: CodeEntry = {
  ...base,
  code: 'pod.not-started.unknown',
  title: 'Pod has a node, and its containers do not start',
  severity: 'warning',
  means:
    'The pod was given to a node minutes ago, and its containers still wait to be created. No event says what they wait for.',
  recognised: 'Containers wait with ContainerCreating for more than five minutes.',
  nextSteps: [
    'Read the events of the pod (`kubectl describe pod NAME`): volumes, network and image come in this order.',
    'Look at the kubelet of the node.',
  ],
  avoid: ['Do not force the deletion of the pod: a volume may still be attached for it.'],
};
