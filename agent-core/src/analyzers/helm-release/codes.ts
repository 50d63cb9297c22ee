import type { CodeEntry } from '@autodevops/domain/finding';

export const pending: CodeEntry = {
  code: 'helm.release.pending',
  group: 'ecosystem',
  title: 'Helm release is stuck in an operation',
  severity: 'warning',
  means:
    'Helm was interrupted in the middle of an install, upgrade, rollback or uninstall. Every further attempt fails with "another operation (install/upgrade/rollback) is in progress".',
  recognised:
    'The newest Secret (or ConfigMap) of the release has the label status=pending-install, pending-upgrade, pending-rollback or uninstalling for more than ten minutes.',
  nextSteps: [
    'Make sure that no helm process is still at work (CI jobs).',
    '`helm history RELEASE -n NAMESPACE`, then `helm rollback RELEASE REVISION` to the last revision that was deployed.',
  ],
  avoid: [
    "Do not delete older revisions' Secrets: the rollback needs them.",
    '`helm uninstall` also deletes what runs.',
  ],
};

export const failed: CodeEntry = {
  code: 'helm.release.failed',
  group: 'ecosystem',
  title: 'Last Helm operation failed',
  severity: 'warning',
  means:
    'The last install or upgrade of the release did not succeed. What was running before may still run, partly changed.',
  recognised: 'The newest Secret (or ConfigMap) of the release has the label status=failed.',
  nextSteps: [
    '`helm status RELEASE -n NAMESPACE` says why; mostly its pods did not become ready in time.',
    'Repair and upgrade again, or `helm rollback RELEASE`.',
  ],
  avoid: ['`helm uninstall` also deletes what runs.'],
};
