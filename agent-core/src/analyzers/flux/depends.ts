import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { listAt, textAt, valueAt } from '../../reading/json-value.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import type { Json } from '@autodevops/domain/kubernetes/shape';

function refFrom(value: Json | undefined, kind: string, namespace: string): ObjectRef[] {
  const name = textAt(value, 'name');
  if (name === '') return [];
  return [
    {
      apiVersion: textAt(value, 'apiVersion'),
      kind: textAt(value, 'kind') || kind,
      namespace: textAt(value, 'namespace') || namespace,
      name,
      uid: '',
    },
  ];
}

/** The source, the chart and the objects under `dependsOn`. */
export function declaredDependencies(object: CustomObject): readonly ObjectRef[] {
  const { spec, kind, metadata } = object;
  const { namespace, name } = metadata;
  const source = [
    ...refFrom(valueAt(spec, 'sourceRef'), 'GitRepository', namespace),
    ...refFrom(valueAt(spec, 'chartRef'), 'HelmChart', namespace),
  ];
  const chartSource = refFrom(valueAt(spec, 'chart', 'spec', 'sourceRef'), 'HelmRepository', namespace);
  const chart = chartSource.map((s) => ({
    apiVersion: '',
    kind: 'HelmChart',
    namespace: s.namespace,
    name: `${namespace}-${name}`,
    uid: '',
  }));
  const others = listAt(spec, 'dependsOn').flatMap((d) => refFrom(d, kind, namespace));
  const image = refFrom(valueAt(spec, 'imageRepositoryRef'), 'ImageRepository', namespace);
  return [...source, ...chart, ...chartSource, ...others, ...image];
}

/** Hooks of a release that failed, as Helm names them: `job core-migrate failed: BackoffLimitExceeded`. */
export function failedHooks(object: CustomObject, message: string): readonly ObjectRef[] {
  const namespace = textAt(object.spec, 'targetNamespace') || object.metadata.namespace;
  const found = [...message.slice(0, 4_000).matchAll(/\bjob ([a-z0-9][a-z0-9.-]{0,252}) failed/g)].slice(0, 10);
  return found.map(([, name = '']) => ({ apiVersion: 'batch/v1', kind: 'Job', namespace, name, uid: '' }));
}

/** The revisions of a release that another operation holds: Helm keeps the state of each in a Secret. */
export function lockedReleases(snapshot: Snapshot, object: CustomObject, message: string): readonly ObjectRef[] {
  if (object.kind !== 'HelmRelease' || !message.includes('another operation')) return [];
  const { spec, metadata } = object;
  const target = textAt(spec, 'targetNamespace');
  const release = textAt(spec, 'releaseName') || (target === '' ? metadata.name : `${target}-${metadata.name}`);
  const home = textAt(spec, 'storageNamespace') || metadata.namespace;
  const revisions = snapshot
    .listIn('Secret', home)
    .filter(({ metadata: { labels } }) => labels['owner'] === 'helm' && labels['name'] === release);
  return revisions.map((secret) => refTo('Secret', secret));
}

const labelled = perSnapshot((snapshot) => {
  const all = (['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((object) => {
      const { labels } = object.metadata;
      return ['helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'].map((group) => ({
        ref: refTo(kind, object),
        key: `${group}/${labels[`${group}/namespace`] ?? ''}/${labels[`${group}/name`] ?? ''}`,
      }));
    }),
  );
  return Map.groupBy(all, (w) => w.key);
});

/** Workloads that a HelmRelease or Kustomization applied, by the labels that Flux sets. */
export function appliedWorkloads(snapshot: Snapshot, object: CustomObject): readonly ObjectRef[] {
  const group = object.kind === 'HelmRelease' ? 'helm.toolkit.fluxcd.io' : 'kustomize.toolkit.fluxcd.io';
  return (labelled(snapshot).get(`${group}/${object.metadata.namespace}/${object.metadata.name}`) ?? []).map(
    (w) => w.ref,
  );
}
