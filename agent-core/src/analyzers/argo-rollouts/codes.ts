import type { CodeEntry } from '@autodevops/domain/finding';

export const degraded: CodeEntry = {
  code: 'argo-rollouts.rollout.degraded',
  group: 'ecosystem',
  title: 'Argo Rollout is degraded',
  severity: 'warning',
  means:
    'The new version did not become ready in time, or its analysis failed. After an abort the stable version serves.',
  recognised: 'The Rollout is in phase Degraded.',
  nextSteps: [
    'Read status.message; look at the pods of the newest ReplicaSet and at the AnalysisRun.',
    '`kubectl argo rollouts undo NAME`, or correct and `kubectl argo rollouts retry rollout NAME`.',
  ],
  avoid: ['Do not promote with --full to get past a failed analysis.'],
};

export const analysisFailed: CodeEntry = {
  code: 'argo-rollouts.analysis.failed',
  group: 'ecosystem',
  title: 'Analysis of a rollout failed',
  severity: 'warning',
  means: 'The measurements of the new version were worse than allowed, or could not be made; the rollout was aborted.',
  recognised: 'An AnalysisRun of a Rollout that is degraded is in phase Failed, Error or Inconclusive.',
  nextSteps: [
    'Read status.message and metricResults: which metric, which value.',
    "Phase Error means that the query itself failed: check the provider's address and the query.",
  ],
  avoid: ['Do not promote the rollout past a failed analysis before the metric is understood.'],
};
