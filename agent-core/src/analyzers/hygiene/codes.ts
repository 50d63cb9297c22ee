import type { CodeEntry } from '@autodevops/domain/finding';

function advice(
  code: string,
  said: Pick<CodeEntry, 'title' | 'means' | 'recognised' | 'nextSteps'> & { readonly avoid?: readonly string[] },
): CodeEntry {
  return { code: `hygiene.${code}`, group: 'hygiene', severity: 'info', avoid: [], ...said };
}

export const readinessMissing = advice('readiness-probe-missing', {
  title: 'No readiness probe',
  means:
    'Traffic reaches a pod as soon as its container runs, before the program can answer, and goes on when it no longer can.',
  recognised: 'A container with ports of a workload behind a Service has no readinessProbe.',
  nextSteps: ['Add a readinessProbe that asks what a user would ask.'],
});

export const livenessMissing = advice('liveness-probe-missing', {
  title: 'No liveness probe',
  means: 'A program that hangs is not restarted.',
  recognised: 'No container of the workload has a livenessProbe.',
  nextSteps: ['Add a livenessProbe, if the program can hang without ending.'],
  avoid: ['Do not let a liveness probe depend on other services: all pods would restart with them.'],
});

export const requestsMissing = advice('resource-requests-missing', {
  title: 'No resource requests',
  means: 'The scheduler does not know what the pod needs, and it is among the first to be evicted.',
  recognised: 'A container has no request for CPU or memory.',
  nextSteps: ['Set requests near what the container uses on an ordinary day.'],
});

export const memoryLimitMissing = advice('memory-limit-missing', {
  title: 'No memory limit',
  means: 'A leak takes the memory of the whole node.',
  recognised: 'A container has no memory limit.',
  nextSteps: ['Set a memory limit above the peaks.'],
});

export const latestTag = advice('image-tag-latest', {
  title: 'Image without a fixed version',
  means: 'What runs depends on when it was pulled, and a rollback brings back the same tag.',
  recognised: 'The image has the tag latest, or neither tag nor digest.',
  nextSteps: ['Name a version or a digest.'],
});

export const privileged = advice('container-privileged', {
  title: 'Privileged container',
  means: 'The container may do everything on its node.',
  recognised: 'securityContext.privileged is true.',
  nextSteps: ['Grant the capabilities that are needed instead.'],
});

export const mayBeRoot = advice('run-as-root-allowed', {
  title: 'Container may run as root',
  means: 'A break-out from the container starts as root on the node.',
  recognised: 'Neither the pod nor the container sets runAsNonRoot: true or a runAsUser other than 0.',
  nextSteps: ['Set runAsNonRoot: true, and a user in the image.'],
});

export const singleReplica = advice('single-replica', {
  title: 'One replica behind a Service',
  means: 'Each restart, rollout or drain is an outage.',
  recognised: 'A Deployment with replicas 1 is selected by a Service.',
  nextSteps: ['Run two replicas or more, if the program can.'],
});

export const budgetMissing = advice('disruption-budget-missing', {
  title: 'No PodDisruptionBudget',
  means: 'A drain may take all replicas at once.',
  recognised:
    'A Deployment or StatefulSet of two replicas or more behind a Service is selected by no PodDisruptionBudget.',
  nextSteps: ['Add a PodDisruptionBudget with maxUnavailable: 1.'],
  avoid: ['Do not set minAvailable to the number of replicas: no node could be drained then.'],
});

export const defaultToken = advice('default-token-mounted', {
  title: 'Token of the default service account is mounted',
  means: 'Whoever gets into the container can talk to the API server as the default account of the namespace.',
  recognised:
    'The pod uses the default service account and neither it nor the account sets automountServiceAccountToken: false.',
  nextSteps: ['Set automountServiceAccountToken: false, or give the workload an account of its own.'],
});
