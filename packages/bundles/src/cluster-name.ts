import { basename } from 'node:path';
import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { isRecord } from '@autodevops/domain/raw-record';
import { recordAt, textAt } from './objects/record-fields.ts';
import type { ObjectStore } from './objects/object-store.ts';

/** What the cluster calls itself (kubeadm, OpenShift), else the bundle's file name. */
export function clusterName(store: ObjectStore, path: string): string {
  const kubeadm = store.byKind.get('ConfigMap')?.get('kube-system/kubeadm-config') as ConfigMap | undefined;
  const stated = /^clusterName:\s*["']?([^\s"']+)/m.exec(kubeadm?.data['ClusterConfiguration'] ?? '')?.[1];
  if (stated !== undefined && stated !== 'kubernetes') return stated;
  const { status } = store.custom.get('config.openshift.io/Infrastructure//cluster') ?? {};
  const openshift = isRecord(status)
    ? textAt(status, 'infrastructureName') || textAt(recordAt(status, 'platformStatus'), 'name')
    : '';
  return openshift || basename(path).replace(/(?:\.tar)?(?:\.gz)?$|\.(?:tgz|tar|zip|json|ya?ml)$/i, '') || path;
}

/** `v1.36.3` out of the tag of the API server's own image, where its pod is in the bundle. */
export function apiServerVersion(store: ObjectStore): string | undefined {
  for (const pod of (store.byKind.get('Pod')?.values() ?? []) as Iterable<Pod>) {
    if (pod.metadata.namespace !== 'kube-system' || !pod.metadata.name.startsWith('kube-apiserver')) continue;
    const tag = /:(v\d+\.\d+\.\d+[\w.-]*)$/.exec(pod.spec.containers[0]?.image ?? '')?.[1];
    if (tag !== undefined) return tag;
  }
  return undefined;
}
