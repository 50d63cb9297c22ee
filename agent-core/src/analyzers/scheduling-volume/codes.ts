import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'scheduling' as const;
const severity = 'critical' as const;

export const claimMissing: CodeEntry = {
  code: 'pod.unschedulable.claim-missing',
  group,
  severity,
  title: 'PersistentVolumeClaim or its volume does not exist',
  means: 'The pod mounts a claim that is not there (or whose volume is gone), so it is not scheduled.',
  recognised: '"persistentvolumeclaim … not found" or "bound to non-existent persistentvolume" in FailedScheduling.',
  nextSteps: ['Create the claim, or correct claimName in the workload (claims belong to one namespace).'],
  avoid: ['Do not create an empty claim under the name of one that held data before you know where that data is.'],
};

export const claimTerminating: CodeEntry = {
  code: 'pod.unschedulable.claim-terminating',
  group,
  severity,
  title: 'Claim is being deleted',
  means:
    'Somebody deleted the PersistentVolumeClaim while a pod used it. Kubernetes kept it for that pod only; a new pod may not use it, and once the last pod is gone the claim goes, and with the reclaim policy Delete its volume and data too.',
  recognised: 'PodScheduled=False with "persistentvolumeclaim … is being deleted"; the claim has a deletionTimestamp.',
  nextSteps: [
    'Keep the data first: `kubectl patch pv VOLUME -p \'{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}\'`, then let the claim go.',
    'Make the claim again under its name, bound to that volume (`volumeName`; clear claimRef.uid of the volume), or fill a new one from a snapshot or backup.',
  ],
  avoid: [
    'Do not remove the finalizer kubernetes.io/pvc-protection while the reclaim policy is Delete: the data goes with it.',
  ],
};

export const claimUnbound: CodeEntry = {
  code: 'pod.unschedulable.claim-unbound',
  group,
  severity,
  title: 'Pod waits for a volume that is not bound',
  means: 'A PersistentVolumeClaim of the pod has no volume yet, and nothing provides one.',
  recognised:
    '"pod has unbound immediate PersistentVolumeClaims" or "didn\'t find available persistent volumes to bind" in FailedScheduling, and the claim is Pending.',
  nextSteps: [
    "See the claim's events (`kubectl describe pvc`): storage class, provisioner, size and access mode decide.",
  ],
  avoid: [
    'Do not delete and recreate the claim before you know why it is unbound: it changes nothing and may lose a reserved volume.',
  ],
};

export const volumeElsewhere: CodeEntry = {
  code: 'pod.unschedulable.volume-elsewhere',
  group,
  severity,
  title: 'The volume lives where the pod cannot go',
  means: "The pod's volume can be used only on certain nodes or in one zone, and no node there is open to the pod.",
  recognised:
    '"volume node affinity conflict", "didn\'t match PersistentVolume\'s node affinity" or "no available volume zone" in FailedScheduling; the PersistentVolume\'s nodeAffinity matches none of the nodes that the pod may use.',
  nextSteps: [
    "Bring back a node in the volume's zone (or the very node of a local volume), or let the pod go there (selector, tolerations).",
    'If the node is gone for good, restore the data from a backup to a new volume.',
  ],
  avoid: ['Do not delete the claim to get a fresh volume: the data on the old one is lost with reclaim policy Delete.'],
};

export const volumeLimit: CodeEntry = {
  code: 'pod.unschedulable.volume-limit',
  group,
  severity,
  title: 'Nodes cannot attach more volumes',
  means: 'Every node that the pod may use has as many volumes attached as its storage driver allows.',
  recognised: '"exceed max volume count" in FailedScheduling.',
  nextSteps: ["Add a node, or free volumes; see the driver's limit in `kubectl get csinode NODE -o yaml`."],
  avoid: ['Do not detach volumes by hand from running pods: they would lose their file systems.'],
};

export const volumeInUse: CodeEntry = {
  code: 'pod.unschedulable.volume-in-use',
  group,
  severity,
  title: 'Another pod holds the volume for itself',
  means:
    'The claim may be used by one pod only (ReadWriteOncePod), or the disk cannot be shared, and another pod has it.',
  recognised:
    '"ReadWriteOncePod access mode already in-use by another pod" or "no available disk" in FailedScheduling.',
  nextSteps: [
    'Let the other pod end first (strategy Recreate for a Deployment with such a volume), or use an access mode that can be shared.',
  ],
  avoid: ['Do not force-delete the pod that holds the volume: two writers may damage the data.'],
};
