import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  'Do not remove a finalizer by hand before you know what its controller would have cleaned up: that is left behind then (load balancers, disks, DNS records, data).',
];

export const controllerGone: CodeEntry = {
  code: 'object.deletion.controller-gone',
  group: 'life-cycle',
  title: "Object stuck in deletion: its finalizer's controller does not run",
  severity: 'warning',
  means:
    'The object may only go once a controller has removed its finalizer, and no workload of that controller runs in the cluster.',
  recognised:
    "The object has a deletionTimestamp minutes in the past and a finalizer, and no ready workload fits the finalizer's owner.",
  nextSteps: [
    'Start or reinstall the controller that owns the finalizer; the deletion then finishes by itself.',
    'If it is gone for good: clean up what it managed outside of the cluster, then remove the finalizer from the object.',
  ],
  avoid,
};

export const finalizerHeld: CodeEntry = {
  code: 'object.deletion.finalizer',
  group: 'life-cycle',
  title: 'Object stuck in deletion: a finalizer remains',
  severity: 'warning',
  means:
    'The object may only go once a controller has removed its finalizer; the controller has not done so for minutes.',
  recognised: 'The object has a deletionTimestamp more than five minutes in the past and a finalizer.',
  nextSteps: [
    "Read the log of the controller that owns the finalizer, and the object's events and conditions: its clean-up probably fails.",
  ],
  avoid,
};

export const instancesRemain: CodeEntry = {
  code: 'crd.deletion.instances-remain',
  group: 'life-cycle',
  title: 'CRD stuck in deletion: objects of its kind remain',
  severity: 'warning',
  means: 'A CustomResourceDefinition goes only after all objects of its kind, and some of them are held by finalizers.',
  recognised:
    'The CRD has a deletionTimestamp minutes in the past and the finalizer customresourcecleanup.apiextensions.k8s.io.',
  nextSteps: [
    'List the objects that remain and see which finalizer holds them; the controller that would remove it was often uninstalled first.',
  ],
  avoid: ["Do not remove the CRD's own finalizer: the objects would stay in the store, unreachable.", ...avoid],
};

export const podOnDeadNode: CodeEntry = {
  code: 'pod.terminating.node-lost',
  group: 'life-cycle',
  title: 'Pod stuck in Terminating: its node does not answer',
  severity: 'warning',
  means:
    'Only the kubelet of its node can confirm that the pod has ended, and that node is not ready. A StatefulSet starts no replacement until then, and volumes stay attached.',
  recognised: "The pod's grace period is over and its node is not ready or is gone.",
  nextSteps: [
    'Bring the node back.',
    'If the machine is certainly off: taint the node `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`, or delete the Node object; both free the pods and their volumes.',
  ],
  avoid: ['Do not force-delete the pod while the machine may still run: two copies could write to one volume.'],
};

export const podFinalizer: CodeEntry = {
  code: 'pod.terminating.finalizer',
  group: 'life-cycle',
  title: 'Pod stuck in Terminating: a finalizer remains',
  severity: 'warning',
  means: 'The containers have ended, and a controller has still to remove its finalizer from the pod.',
  recognised: "The pod's grace period ended minutes ago, no container runs, and metadata.finalizers is not empty.",
  nextSteps: [
    'See whether the controller that owns the finalizer runs (batch.kubernetes.io/job-tracking: the job controller in kube-controller-manager).',
  ],
  avoid,
};

export const podVolume: CodeEntry = {
  code: 'pod.terminating.volume',
  group: 'life-cycle',
  title: 'Pod stuck in Terminating: a volume cannot be unmounted',
  severity: 'warning',
  means: "The kubelet cannot unmount one of the pod's volumes, so it does not report the pod as ended.",
  recognised:
    "The pod's grace period ended minutes ago and events or the kubelet say that unmounting failed or that the device is busy.",
  nextSteps: [
    'On the node: `findmnt | grep POD-UID` and see which process holds the mount; with NFS check that the server answers.',
    "Check the CSI driver's pod on this node.",
  ],
  avoid: ['Do not force-delete the pod first: the volume stays mounted and cannot be attached elsewhere.'],
};

export const podNotEnding: CodeEntry = {
  code: 'pod.terminating.not-ending',
  group: 'life-cycle',
  title: 'Pod stuck in Terminating: its containers do not end',
  severity: 'warning',
  means: 'The kubelet was to end the pod and has not reported that it did, minutes after the grace period.',
  recognised: "The pod's grace period ended more than five minutes ago, its node is ready, and it has no finalizer.",
  nextSteps: [
    "Read the pod's events (FailedKillPod, FailedPreStopHook) and the kubelet's and runtime's log on its node.",
    'A process in uninterruptible sleep (state D) waits for storage that does not answer.',
  ],
  avoid: ['Do not force-delete a pod of a StatefulSet while its processes may still write.'],
};
