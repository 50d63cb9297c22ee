import type { Manifest } from '@autodevops/domain/change/operation';
import { deploymentName, named, object } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

export const applicationName = named('argoproj.io/v1alpha1', 'Application', 'web', 'argocd');
const source = { repoURL: 'https://git.example/apps.git', path: 'web', targetRevision: 'main' };

/** Application argocd/web: out of sync, with two deployments behind it. */
export function application({
  spec,
  status,
  rest,
}: { readonly spec?: Fields; readonly status?: Fields; readonly rest?: Fields } = {}): Manifest {
  const { kind, namespace, name } = deploymentName;
  return object(applicationName, {
    spec: { project: 'default', source, destination: { namespace: 'shop' }, ...spec },
    status: {
      sync: { status: 'OutOfSync', revision: 'b2' },
      health: { status: 'Degraded' },
      history: [
        { id: 0, revision: 'a1', deployedAt: '2026-01-01T10:00:00Z', source },
        { id: 1, revision: 'b2', deployedAt: '2026-01-01T11:00:00Z', source },
      ],
      resources: [
        { group: 'apps', version: 'v1', kind, namespace, name, status: 'OutOfSync' },
        { version: 'v1', kind: 'Service', namespace, name: 'old', status: 'OutOfSync', requiresPruning: true },
      ],
      ...status,
    },
    ...rest,
  });
}

export const kustomizationName = named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'apps', 'flux-system');

/** HelmRelease flux-system/web. */
export function helmRelease({ spec }: { readonly spec?: Fields } = {}): Manifest {
  return object(named('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web', 'flux-system'), {
    spec: { interval: '10m', ...spec },
    status: {},
  });
}

/** Kustomization flux-system/apps: reconciled and ready. */
export function kustomization({ spec, status }: { readonly spec?: Fields; readonly status?: Fields } = {}): Manifest {
  return object(kustomizationName, {
    spec: { interval: '10m', path: './apps', ...spec },
    status: {
      observedGeneration: 3,
      conditions: [
        { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', message: 'Applied revision: main@sha1:b2' },
      ],
      ...status,
    },
  });
}
