import type { ObjectRef } from '@autodevops/domain/object-ref';

/** What the cluster itself puts into every namespace, and gives to every pod. */
export function isStandard({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>): boolean {
  return (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default');
}
