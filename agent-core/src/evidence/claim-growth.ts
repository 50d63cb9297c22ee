import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { refTo } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

function sizeText(bytes: number): string {
  return bytes < gibibyte ? `${Math.ceil(bytes / mebibyte)}Mi` : `${Math.ceil(bytes / gibibyte)}Gi`;
}

/** To make a full volume half as large again: offered where the class of its claim can do so. */
export function growClaim(snapshot: Snapshot, namespace: string, name: string): readonly ProposedChange[] {
  const claim = snapshot.get('PersistentVolumeClaim', namespace, name);
  const className = claim?.spec.storageClassName ?? '';
  const asked = parseQuantity(claim?.spec.resources.requests['storage']);
  if (claim === undefined || claim.metadata.deletionTimestamp !== undefined || asked === undefined || asked <= 0) {
    return [];
  }
  if (snapshot.get('StorageClass', '', className)?.allowVolumeExpansion !== true) return [];
  const params = { size: sizeText(asked * 1.5) };
  return [{ action: 'extend-pvc', target: refTo('PersistentVolumeClaim', claim), params, risk: 'low' }];
}
