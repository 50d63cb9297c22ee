import type { PersistentVolumeClaim } from '@autodevops/domain/kubernetes/storage';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished } from '../pods/pod-status.ts';

/**
 * Pods that a provisioner starts to make one volume, such as `helper-pod-create-pvc-UID`: they bear the name that the
 * volume is to have, which external provisioners form of the claim's uid.
 */
export function volumeMakers(snapshot: Snapshot, claim: PersistentVolumeClaim): readonly ObjectRef[] {
  const { uid } = claim.metadata;
  return uid === ''
    ? []
    : snapshot
        .list('Pod')
        .filter((pod) => pod.metadata.name.includes(`pvc-${uid}`) && !isFinished(pod))
        .map((pod) => refTo('Pod', pod));
}
