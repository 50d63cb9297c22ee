import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';

/** `/apis/apps/v1/namespaces/shop/deployments`; without a namespace all of the cluster's. */
export function resourcePath(kind: KindName, version: string, namespace: string | undefined): string {
  const { group, plural } = kinds[kind];
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === undefined ? `${root}/${plural}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
