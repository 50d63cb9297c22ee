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
  return [{ apiVersion: textAt(value, 'apiVersion'), kind: textAt(value, 'kind') || kind, namespace: textAt(value, 'namespace') || namespace, name, uid: '' }];
}

/** The source, the chart and the objects under `dependsOn`. */
export function declaredDependencies(object: CustomObject): readonly ObjectRef[] {
  const { spec, kind, metadata } = object;
  const { namespace, name } = metadata;
  const source = [...refFrom(valueAt(spec, 'sourceRef'), 'GitRepository', namespace), ...refFrom(valueAt(spec, 'chartRef'), 'HelmChart', namespace)];
  const chartSource = refFrom(valueAt(spec, 'chart', 'spec', 'sourceRef'), 'HelmRepository', namespace);
  const chart = chartSource.map((s) => ({ apiVersion: '', kind: 'HelmChart', namespace: s.namespace, name: `${namespace}-${name}`, uid: '' }));
  const others = listAt(spec, 'dependsOn').flatMap((d) => refFrom(d, kind, namespace));
  const image = refFrom(valueAt(spec, 'imageRepositoryRef'), 'ImageRepository', namespace);
  return [...source, ...chart, ...chartSource, ...others, ...image];
}

const named = /\b([A-Z][A-Za-z]{2,40})\/([a-z0-9][a-z0-9.-]{0,62})\/([a-z0-9][a-z0-9.-]{0,252})/g;

/** Objects that a message names as `Deployment/shop/web`. */
export function namedObjects(message: string): readonly ObjectRef[] {
  const found = [...message.slice(0, 4000).matchAll(named)].slice(0, 20);
  return found.map(([, kind = '', namespace = '', name = '']) => ({ apiVersion: '', kind, namespace, name, uid: '' }));
}

const labelled = perSnapshot((snapshot) => {
  const all = (['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((object) => {
      const { labels } = object.metadata;
      return ['helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'].map((group) => ({ ref: refTo(kind, object), key: `${group}/${labels[`${group}/namespace`] ?? ''}/${labels[`${group}/name`] ?? ''}` }));
    }),
  );
  return Map.groupBy(all, (w) => w.key);
});

/** Workloads that a HelmRelease or Kustomization applied, by the labels that Flux sets. */
export function appliedWorkloads(snapshot: Snapshot, object: CustomObject): readonly ObjectRef[] {
  const group = object.kind === 'HelmRelease' ? 'helm.toolkit.fluxcd.io' : 'kustomize.toolkit.fluxcd.io';
  return (labelled(snapshot).get(`${group}/${object.metadata.namespace}/${object.metadata.name}`) ?? []).map((w) => w.ref);
}
