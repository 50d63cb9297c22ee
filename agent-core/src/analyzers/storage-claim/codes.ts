import type { CodeEntry } from '@autodevops/domain/finding';

const keepData = 'Do not delete the claim or the volume to start over before it is clear what data it holds.';

export const classMissing: CodeEntry = {
  code: 'storage.class.missing',
  group: 'storage',
  title: 'StorageClass does not exist',
  severity: 'critical',
  means:
    'The claim asks for a storage class that the cluster does not have. No volume is made, and the pods that mount the claim wait.',
  recognised:
    '`spec.storageClassName` of a pending claim names no StorageClass, and no PersistentVolume of that class is free.',
  nextSteps: [
    'Use a class that exists: `kubectl get storageclasses`. The class of a claim cannot be changed, so it is created anew.',
    'Or create the StorageClass.',
  ],
  avoid: [keepData],
};

export const noDefaultClass: CodeEntry = {
  code: 'storage.class.no-default',
  group: 'storage',
  title: 'Claim names no class, and there is no default StorageClass',
  severity: 'critical',
  means: 'Nobody makes a volume for the claim, and no free one fits, so the pods that mount it wait.',
  recognised: 'A pending claim has no `spec.storageClassName`, and no StorageClass is marked as default.',
  nextSteps: [
    'Mark a class as default (annotation `storageclass.kubernetes.io/is-default-class: "true"`): waiting claims take it then, too.',
    'Or name a class in the claim.',
  ],
  avoid: ['Do not mark two classes as default.'],
};

export const provisionerAbsent: CodeEntry = {
  code: 'storage.provisioner.absent',
  group: 'storage',
  title: 'The provisioner of the StorageClass does not run',
  severity: 'critical',
  means: 'The class leaves the making of volumes to a program that is not there or not ready. The claim waits for it.',
  recognised:
    "The claim is pending with the event ExternalProvisioning, and no ready pod (and no CSIDriver) of the class's `provisioner` was found.",
  nextSteps: ['Install the driver, or bring its controller pods up.', 'Or use a class whose provisioner runs.'],
  avoid: ['Do not edit `provisioner` of the class: it cannot be changed, and existing volumes depend on it.'],
};

export const provisioningFailed: CodeEntry = {
  code: 'storage.provisioning.failed',
  group: 'storage',
  title: 'Volume could not be created',
  severity: 'critical',
  means: 'The provisioner tried to make the volume, and failed. The pods that mount the claim wait.',
  recognised: 'The claim is pending, and has a recent event ProvisioningFailed.',
  nextSteps: ['Do what the quoted message says: quota, permission, parameters of the class, zone.'],
  avoid: [keepData],
};

export const accessMode: CodeEntry = {
  code: 'storage.access-mode.unsupported',
  group: 'storage',
  title: 'The access mode is not offered',
  severity: 'critical',
  means:
    'The claim asks for an access mode (often ReadWriteMany) that neither the provisioner nor a free volume offers.',
  recognised:
    "The provisioner's event names the access mode, or every free volume of the class is large enough but lacks it.",
  nextSteps: [
    'Ask for ReadWriteOnce if one node is enough; otherwise use a class that shares (NFS, CephFS, EFS, ...).',
  ],
  avoid: ['Do not run several replicas on one ReadWriteOnce volume: they may be put on different nodes.'],
};

export const tooSmall: CodeEntry = {
  code: 'storage.volume.too-small',
  group: 'storage',
  title: 'No free volume is large enough',
  severity: 'critical',
  means: 'The claim can only be bound to an existing volume, and the free ones are smaller than it asks for.',
  recognised:
    'Every available PersistentVolume of the class has less capacity than `spec.resources.requests.storage` of the claim.',
  nextSteps: ['Create a PersistentVolume that is large enough, or ask for less in a new claim.'],
  avoid: [keepData],
};

export const noVolumeMatches: CodeEntry = {
  code: 'storage.volume.no-match',
  group: 'storage',
  title: 'No free volume fits the claim',
  severity: 'critical',
  means:
    'The claim can only be bound to an existing volume, and there is none free of its class, volume mode or labels.',
  recognised: 'The claim is pending, its class makes no volumes by itself, and no available PersistentVolume fits.',
  nextSteps: ['Create a PersistentVolume for the claim, or use a class that makes volumes on demand.'],
  avoid: [keepData],
};

export const volumeReleased: CodeEntry = {
  code: 'storage.volume.released',
  group: 'storage',
  title: 'The volume still belongs to a claim that was deleted',
  severity: 'critical',
  means:
    'The volume that would fit is kept for its former claim (policy Retain). It is not given to a new one by itself, so that data does not get into the wrong hands.',
  recognised: 'A claim is pending, and the fitting PersistentVolume has the phase Released.',
  nextSteps: [
    'If the claim may have the data, remove `spec.claimRef` of the volume (or only its `uid`, to keep it for a claim of the same name).',
  ],
  avoid: [
    'Do not clear `claimRef` before it is certain that the data may go to the new claim.',
    'Do not delete the volume: with it the way to the data is lost.',
  ],
};

export const volumeFailed: CodeEntry = {
  code: 'storage.volume.failed',
  group: 'storage',
  title: 'Volume could not be reclaimed',
  severity: 'warning',
  means: "The volume's claim is gone and its deletion or recycling failed. It costs money, and no claim gets it.",
  recognised: 'The phase of the PersistentVolume is Failed.',
  nextSteps: ['Do what its message says, then delete the PersistentVolume, if its data is not needed.'],
  avoid: ['Do not remove its finalizers by hand: the disk behind it would be left over.'],
};

export const volumeTaken: CodeEntry = {
  code: 'storage.claim.volume-taken',
  group: 'storage',
  title: 'The volume that the claim names belongs to another claim',
  severity: 'critical',
  means: 'The claim insists on one volume, which is bound elsewhere or does not exist. It waits for ever.',
  recognised:
    '`spec.volumeName` of a pending claim names a PersistentVolume whose `claimRef` is another claim, or none that exists.',
  nextSteps: ['Name another volume in a new claim, or free the volume.'],
  avoid: [keepData],
};

export const claimLost: CodeEntry = {
  code: 'storage.claim.lost',
  group: 'storage',
  title: 'The volume of the claim is gone',
  severity: 'critical',
  means: 'The claim was bound to a PersistentVolume that no longer exists. Pods that start now cannot mount it.',
  recognised: 'The phase of the claim is Lost.',
  nextSteps: [
    'If the disk still exists, create the PersistentVolume again with the same name and a `claimRef` to this claim.',
    'Otherwise restore the data from a backup into a new claim.',
  ],
  avoid: ['Do not delete the claim before the disk behind it has been found or given up.'],
};

export const claimWaits: CodeEntry = {
  code: 'storage.claim.waiting-for-pod',
  group: 'storage',
  title: 'Claim waits for a pod',
  severity: 'warning',
  means:
    'The class makes the volume only when a pod that mounts the claim has been given a node, so that it is in the right zone. Until then the claim is pending.',
  recognised:
    'The claim is pending, its class has `volumeBindingMode: WaitForFirstConsumer`, and no pod mounts it (that is by design) or the pod that does has no node.',
  nextSteps: ['Nothing, if no pod mounts it yet.', 'Otherwise find out why the pod is not scheduled.'],
  avoid: ['Do not change the binding mode to Immediate: the volume may land in a zone without room for the pod.'],
};

export const claimPending: CodeEntry = {
  code: 'storage.claim.pending',
  group: 'storage',
  title: 'Claim is not bound',
  severity: 'warning',
  means: 'The claim has had no volume for minutes, and nobody says why.',
  recognised:
    'The claim is pending for more than five minutes, its class and provisioner exist, and no event tells of a failure.',
  nextSteps: ["Look at the logs of the provisioner's controller."],
  avoid: [keepData],
};

export const deletionWaits: CodeEntry = {
  code: 'storage.claim.deleting-in-use',
  group: 'storage',
  title: 'Claim is deleted when its pods are gone',
  severity: 'info',
  means: 'Somebody deleted the claim while a pod mounts it. It is kept until that pod is gone; that is by design.',
  recognised:
    'The claim has a deletion time and the finalizer kubernetes.io/pvc-protection, and a living pod mounts it.',
  nextSteps: [
    'If the deletion was meant, end the pods that mount it. A deletion cannot be taken back: save the data first, if it is needed.',
  ],
  avoid: ['Do not remove the finalizer: the disk would be deleted under a running program.'],
};

export const resizeFailed: CodeEntry = {
  code: 'storage.resize.failed',
  group: 'storage',
  title: 'Volume could not be enlarged',
  severity: 'warning',
  means:
    'The claim asks for more than the volume has, and enlarging it failed. The old size goes on working until it is full.',
  recognised: 'The request is larger than `status.capacity`, and a recent event or condition tells of a failed resize.',
  nextSteps: [
    'Do what the quoted message says: limits of the disk, rate limits of the cloud, driver without expansion.',
  ],
  avoid: ['Do not ask for yet more: each attempt fails the same way.'],
};

export const resizePending: CodeEntry = {
  code: 'storage.resize.pending',
  group: 'storage',
  title: 'Enlarging of the volume is not finished',
  severity: 'warning',
  means:
    'The disk is larger already, but the file system on it is enlarged only when a pod mounts it, with some drivers only when it is mounted anew.',
  recognised:
    'The condition FileSystemResizePending of the claim is True (for more than ten minutes while a pod mounts it), or nothing has answered the request.',
  nextSteps: ['Restart the pod that mounts it, if it does not finish by itself.'],
  avoid: ['Do not shrink the request again: claims cannot shrink below their capacity.'],
};
