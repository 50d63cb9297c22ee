import type { CodeEntry } from '@autodevops/domain/finding';

export const comparison: CodeEntry = {
  code: 'argo-cd.application.comparison-error',
  group: 'ecosystem',
  title: 'Argo CD cannot compare the application with Git',
  severity: 'warning',
  means:
    'Argo CD cannot read or render the wanted state (repository, path, chart, cluster access), so changes in Git do not arrive.',
  recognised: 'The Application has a condition ComparisonError, InvalidSpecError or UnknownError.',
  nextSteps: [
    'Read the condition: it names the repository, revision, path or template that fails.',
    "Check the repository's credentials, the target revision and `helm template` or `kustomize build` by hand.",
  ],
  avoid: ['Do not delete the Application: with its finalizer it deletes everything that it deployed.'],
};

export const cacheRefuses: CodeEntry = {
  code: 'argo-cd.redis.refused',
  group: 'ecosystem',
  title: "Argo CD's Redis refuses the password of its other parts",
  severity: 'critical',
  means:
    'Argo CD keeps what it reads from Git in its Redis. While that refuses the password, no application can be compared or synced; what runs stays as it is.',
  recognised: 'The conditions of applications say WRONGPASS or NOAUTH.',
  nextSteps: [
    'Compare the password in the Secret (`argocd-redis`, key `auth`) with that with which Redis was started.',
    'Restart what was started before the Secret was written last: Redis, and then the repo server, the application controller and the server.',
  ],
  avoid: ['Do not delete the applications: with their finalizer they delete everything that they deployed.'],
};

export const syncFailed: CodeEntry = {
  code: 'argo-cd.application.sync-failed',
  group: 'ecosystem',
  title: 'Argo CD sync failed',
  severity: 'warning',
  means:
    'Argo CD tried to apply what is in Git and the cluster refused or a hook failed. What runs is the state of before, perhaps in part.',
  recognised:
    'status.operationState.phase is Failed or Error while the application is not Synced, or the condition SyncError or DeletionError is there.',
  nextSteps: [
    'Read operationState.message and syncResult, which name the objects that were refused and why.',
    'Correct it in Git; Argo CD tries again.',
  ],
  avoid: ['Do not use Replace or Force to get past a refused field: it deletes and recreates the object.'],
};

export const degraded: CodeEntry = {
  code: 'argo-cd.application.degraded',
  group: 'ecosystem',
  title: 'Argo CD application is degraded',
  severity: 'warning',
  means: 'Something that the application deployed is not healthy.',
  recognised: 'status.health.status is Degraded, or Missing although the application is to be synced automatically.',
  nextSteps: [
    'Look at the objects that status.resources calls Degraded or Missing.',
    'If it began with a sync: `argocd app rollback`, or revert the commit.',
  ],
  avoid: ['Do not delete the Application: with its finalizer it deletes everything that it deployed.'],
};

export const outOfSync: CodeEntry = {
  code: 'argo-cd.application.out-of-sync',
  group: 'ecosystem',
  title: 'Argo CD application is out of sync',
  severity: 'info',
  means:
    'The cluster differs from Git. Without automatic sync that is what waits for a person; with it, something changes the objects back again.',
  recognised: 'status.sync.status is OutOfSync and no sync is under way.',
  nextSteps: [
    '`argocd app diff` shows the difference.',
    'If it comes back after each sync: see who writes the field (a webhook, an autoscaler, an operator) and put it under ignoreDifferences.',
  ],
  avoid: [],
};
