import type { CodeEntry } from '@autodevops/domain/finding';

export const sourceFailed: CodeEntry = {
  code: 'flux.source.failed',
  group: 'ecosystem',
  title: 'Flux cannot fetch a source',
  severity: 'warning',
  means: 'The repository, bucket or chart cannot be fetched: nothing that is built from it is updated.',
  recognised: 'A GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket or ImageRepository has Ready=False.',
  nextSteps: [
    'Read the condition: address, branch or tag, credentials in the Secret of spec.secretRef, or TLS.',
    'After the repair: `flux reconcile source ...`.',
  ],
  avoid: ['Do not delete the source: what is applied from it may be pruned.'],
};

export const reconcileFailed: CodeEntry = {
  code: 'flux.reconcile.failed',
  group: 'ecosystem',
  title: 'Flux cannot apply',
  severity: 'warning',
  means:
    'Flux could not build, apply or upgrade what is in the source. What runs is the state of before, perhaps in part.',
  recognised: 'A Kustomization, HelmRelease or another Flux object has Ready=False.',
  nextSteps: [
    'Read the condition, correct the source, and `flux reconcile kustomization|helmrelease NAME`.',
    'A HelmRelease that ran out of retries starts again after `flux reconcile helmrelease NAME --force`.',
  ],
  avoid: ['Do not delete a Kustomization with prune: true: everything that it applied goes with it.'],
};

export const unhealthy: CodeEntry = {
  code: 'flux.health-check.failed',
  group: 'ecosystem',
  title: 'What Flux applied did not become healthy',
  severity: 'warning',
  means: 'Flux applied its objects, and some did not become ready in time.',
  recognised: 'A Kustomization has Ready=False with HealthCheckFailed, or a Helm operation timed out waiting.',
  nextSteps: ['Look at the objects that the message names.'],
  avoid: ['Do not just lengthen the timeout.'],
};

export const waiting: CodeEntry = {
  code: 'flux.dependency.not-ready',
  group: 'ecosystem',
  title: 'Flux waits for another object',
  severity: 'warning',
  means: 'The object is not applied before what it depends on is ready.',
  recognised:
    'Ready=False with DependencyNotReady, SourceNotReady or a message that an artifact or a source is not ready.',
  nextSteps: ['Repair the object that it waits for.'],
  avoid: ['Do not remove the dependency to get on: what it orders would be applied out of turn.'],
};
