import type { CodeEntry } from '@autodevops/domain/finding';

export const serviceAccountMissing: CodeEntry = {
  code: 'workload.service-account-missing',
  group: 'configuration',
  title: 'Service account missing',
  severity: 'critical',
  means:
    'The workload names a service account that does not exist in its namespace, so the API server refuses to create its pods. There is no pod to look at.',
  recognised:
    'An event FailedCreate or a condition of the controller says that the service account is not found, and fewer pods exist than are wanted.',
  nextSteps: [
    'Create the service account (with the roles that the workload needs), or correct serviceAccountName in the pod template.',
  ],
  avoid: ['Do not switch to the default service account without knowing which permissions the program needs.'],
};

export const tokenNotMounted: CodeEntry = {
  code: 'pod.config.token-not-mounted',
  group: 'configuration',
  title: 'The pod is given no token of its service account',
  severity: 'critical',
  means:
    'The program wants to ask the API server and finds no token in its container, because mounting it was switched off.',
  recognised:
    "The last words of a crashing container say that the service account's token or the in-cluster configuration is not there; its pod or its account has automountServiceAccountToken: false and nothing is mounted in its place.",
  nextSteps: [
    'Set `automountServiceAccountToken: true` in the pod template of this workload; the setting of the pod outweighs that of its account.',
    'See that the account has the roles that the program needs.',
  ],
  avoid: ['Do not switch it on for the account, where other pods that need no token use it.'],
};
