import { madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';

/** Deletes the object that the change itself makes: for the way back, planned before it exists. */
export function deleteCreated({ apiVersion, kind, metadata }: Manifest): ClusterOperation {
  const target = {
    apiVersion,
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: madeByThisChange,
    resourceVersion: madeByThisChange,
  };
  return { verb: 'delete', target, propagation: 'Background' };
}
