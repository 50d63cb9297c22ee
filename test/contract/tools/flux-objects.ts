import { named } from './delivery-scene.ts';
import type { ObjectRef } from '../../../packages/domain/src/object-ref.ts';

const hour = '1h';

export const repositoryIn = (namespace: string): ObjectRef =>
  named('source.toolkit.fluxcd.io/v1', 'GitRepository', namespace, 'apps');
export const kustomizationIn = (namespace: string): ObjectRef =>
  named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', namespace, 'web');
export const releaseIn = (namespace: string): ObjectRef =>
  named('helm.toolkit.fluxcd.io/v2', 'HelmRelease', namespace, 'web');

function object({ apiVersion, kind, namespace, name }: ObjectRef, spec: object): object {
  return { apiVersion, kind, metadata: { namespace, name }, spec: { interval: hour, ...spec } };
}

/** The branch main of a repository; looked at again in an hour, so that whatever happens sooner was asked for. */
export function gitRepository(namespace: string, url: string): object {
  return object(repositoryIn(namespace), { url, ref: { branch: 'main' } });
}

/** What lies in the folder web; applied again after each interval, whatever came, and waited for where that is wanted. */
export function kustomization(namespace: string, interval = hour, wait = true): object {
  return object(kustomizationIn(namespace), {
    interval,
    path: './web',
    prune: true,
    wait,
    timeout: '30s',
    targetNamespace: namespace,
    sourceRef: { kind: 'GitRepository', name: 'apps' },
  });
}

/** The chart in the folder chart. */
export function helmRelease(namespace: string): object {
  return object(releaseIn(namespace), {
    chart: {
      spec: { chart: './chart', reconcileStrategy: 'Revision', sourceRef: { kind: 'GitRepository', name: 'apps' } },
    },
  });
}

function deployment(tag: string, replicas: number): Readonly<Record<string, string>> {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas,
      progressDeadlineSeconds: 5,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: `web:${tag}` }] } },
    },
  };
  return { 'web/deployment.yaml': JSON.stringify(object) };
}

/** The folder web, with what tells one state of it from another. */
export function manifests(tag: string): Readonly<Record<string, string>> {
  const configuration = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { tag } };
  return { ...deployment(tag, 0), 'web/configuration.yaml': JSON.stringify(configuration) };
}

/** A pod that gets no place: there is no node. */
export const unschedulable = deployment('2', 1);

/** In the folder web, too: an autoscaler of the Deployment that is called so. */
export function autoscaler(target: string): Readonly<Record<string, string>> {
  const object = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      maxReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
      ],
    },
  };
  return { 'web/autoscaler.yaml': JSON.stringify(object) };
}
