import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { fieldAt } from '../patches/field-patch.ts';
import { refuse } from '../refusal.ts';

/**
 * Refused where fewer replicas delete the volumes of the pods that go: that is a deletion of data though nothing says
 * delete, and nothing brings it back (kubernetes.io, "StatefulSets", PersistentVolumeClaim retention).
 */
export function checkVolumeLoss(workload: Manifest): void {
  const deletes =
    fieldAt(workload, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled']) === 'Delete' &&
    fieldAt(workload, ['spec', 'volumeClaimTemplates', 0]) !== undefined;
  const {
    kind,
    metadata: { namespace = '', name },
  } = workload;
  if (deletes) {
    refuse(
      `The volumes of the pods that go would be deleted: persistentVolumeClaimRetentionPolicy.whenScaled of ${refText({ kind, namespace, name })} is Delete.`,
      'Set it to Retain first, in its manifest.',
    );
  }
}
