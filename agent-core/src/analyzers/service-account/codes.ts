import type { CodeEntry } from '@autodevops/domain/finding';

export const serviceAccountMissing: CodeEntry = {
  code: 'workload.service-account-missing',
  group: 'configuration',
  title: 'Service account missing',
  severity: 'critical',
  means: 'The workload names a service account that does not exist in its namespace, so the API server refuses to create its pods. There is no pod to look at.',
  recognised: 'An event FailedCreate or a condition of the controller says that the service account is not found, and fewer pods exist than are wanted.',
  nextSteps: ['Create the service account (with the roles that the workload needs), or correct serviceAccountName in the pod template.'],
  avoid: ['Do not switch to the default service account without knowing which permissions the program needs.'],
};
