import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const rolloutStuck: CodeEntry = {
  code: 'workload.rollout-stuck',
  group,
  severity: 'warning',
  title: 'Rollout is stuck',
  means:
    'A new revision of a Deployment does not become available. Whether users notice depends on how many pods of the old revision are left.',
  recognised:
    'Progressing=False with reason ProgressDeadlineExceeded while the new revision is not complete, or pods of the newest ReplicaSet fail while older ones are kept.',
  nextSteps: [
    "See why the new revision's pods are not ready.",
    'If it cannot be repaired at once, go back: `kubectl rollout undo deployment/NAME`.',
  ],
  avoid: [
    'Do not delete the old ReplicaSet: it is what still serves, and the way back.',
    'Do not restart the rollout: the same template gives the same result.',
  ],
};

export const rolloutSpreadsFailure: CodeEntry = {
  code: 'workload.rollout-spreads-failure',
  group,
  severity: 'critical',
  title: 'Rollout replaces working pods by failing ones',
  means:
    'Pods of the new revision are available for a moment and fail later. Each such moment counts as success, so that the rollout takes away the next pod of the old revision, until the last one that works has gone.',
  recognised:
    'A rolling update that goes on and has taken away more pods of the old revision than may be missing, while pods of the new one ended with an error and none of the same age was spared.',
  nextSteps: [
    'Go back (`kubectl rollout undo deployment/NAME`), or pause it (`kubectl rollout pause deployment/NAME`): the old pods that are left then stay.',
    'Then let a pod count only when it has lasted: a readiness probe, and minReadySeconds above the time after which it fails.',
  ],
  avoid: ['Do not wait until the rollout has come to its end: with the last old pod the last one that works goes.'],
};

export const recreateWaits: CodeEntry = {
  code: 'workload.recreate-waits',
  group,
  severity: 'critical',
  title: 'New pods wait until the old ones have ended',
  means:
    'With the strategy Recreate no new pod is made before every old one is gone, and an old one takes long to end: nobody serves meanwhile.',
  recognised:
    'A Deployment with the strategy Recreate has no ready pod, and one of its pods has been ending for more than two minutes.',
  nextSteps: [
    'See why the old pod does not end: its log since then, and its terminationGracePeriodSeconds.',
    'If nothing is lost by it, end it now: `kubectl delete pod NAME --grace-period=30`.',
  ],
  avoid: ['Do not use --force: on a node that answers, the container would run on beside its successor.'],
};

export const rolloutPaused: CodeEntry = {
  code: 'workload.rollout-paused',
  group,
  severity: 'warning',
  title: 'Rollout is paused',
  means:
    'The Deployment is paused, so changes of its template are not rolled out: what runs is older than what is written.',
  recognised: 'spec.paused=true, and fewer pods are of the current template than wanted.',
  nextSteps: [
    'Find out who paused it and whether the reason still holds, then `kubectl rollout resume deployment/NAME`.',
  ],
  avoid: ['Do not edit the template further to get it going: nothing is rolled out while it is paused.'],
};

export const strategyOutage: CodeEntry = {
  code: 'workload.strategy-outage',
  group,
  severity: 'critical',
  title: 'Rollout strategy took every old pod away',
  means:
    'The strategy lets all pods of the old revision end before the new ones are ready (Recreate, or maxUnavailable as high as the replicas), and the new ones are not ready: nobody serves.',
  recognised:
    'No pod is ready during a rollout, and spec.strategy is Recreate or its maxUnavailable covers all replicas.',
  nextSteps: [
    'Get users served first (undo the rollout, or repair the new revision).',
    'Then use RollingUpdate with maxUnavailable below the number of replicas and a readiness probe.',
  ],
  avoid: ['Do not use Recreate for what must stay up; it is for workloads of which two must never run at once.'],
};
