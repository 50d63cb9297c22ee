import type { CodeEntry } from '@autodevops/domain/finding';

export const gated: CodeEntry = {
  code: 'pod.scheduling-gated',
  group: 'scheduling',
  severity: 'warning',
  title: 'Pod is held by a scheduling gate',
  means:
    'The pod carries a scheduling gate, so the scheduler does not look at it until whoever set the gate removes it.',
  recognised: 'spec.schedulingGates is not empty and PodScheduled=False with reason SchedulingGated.',
  nextSteps: [
    'Find the controller that owns the gate (its prefix names it) and see why it has not removed it: quota, queue or admission there.',
  ],
  avoid: ['Do not remove the gate by hand unless its controller is gone: it holds the pod for a reason such as quota.'],
};

export const schedulerUnknown: CodeEntry = {
  code: 'pod.scheduler-unknown',
  group: 'scheduling',
  severity: 'critical',
  title: "No scheduler serves the pod's schedulerName",
  means:
    'The pod asks for a scheduler by name and none of that name looks at it, so it stays Pending without any message.',
  recognised:
    'spec.schedulerName is not default-scheduler, the pod has neither a PodScheduled condition nor an event of a scheduler, and no pod with the same schedulerName has been placed.',
  nextSteps: ['Correct schedulerName in the workload, or start the scheduler that is meant.'],
  avoid: ['Do not set nodeName to get around it: no check of room or taints is made then.'],
};

export const schedulerSilent: CodeEntry = {
  code: 'control-plane.scheduler-silent',
  group: 'control-plane',
  severity: 'critical',
  title: 'The scheduler does not work',
  means:
    'New pods stay Pending without any word from the scheduler: kube-scheduler is down, cannot reach the API server, or has no leader. What runs already is not affected.',
  recognised:
    'Pods for default-scheduler have neither a node nor a PodScheduled condition minutes after their creation.',
  nextSteps: [
    'Look at the kube-scheduler pods in kube-system and their logs; on a self-managed control plane at /etc/kubernetes/manifests/kube-scheduler.yaml and its kubeconfig.',
  ],
  avoid: ['Do not restart workloads: their new pods would not be scheduled either.'],
};

export const notScheduled: CodeEntry = {
  code: 'pod.not-scheduled',
  group: 'scheduling',
  severity: 'critical',
  title: 'Pod was never looked at by the scheduler',
  means: 'The pod waits for a node and the scheduler has said nothing about it.',
  recognised: 'Pending without spec.nodeName and without a PodScheduled condition for more than two minutes.',
  nextSteps: ['See whether the scheduler runs: `kubectl -n kube-system get pods -l component=kube-scheduler`.'],
  avoid: ['Do not set nodeName by hand.'],
};

export const resourceClaim: CodeEntry = {
  code: 'pod.unschedulable.resource-claim',
  group: 'scheduling',
  severity: 'critical',
  title: 'Device claim cannot be satisfied',
  means: 'The pod uses dynamic resource allocation, and its ResourceClaim is missing or no node has a device for it.',
  recognised: '"cannot allocate all claims" or a resourceclaim in the FailedScheduling text.',
  nextSteps: [
    'Check that the ResourceClaim or its template exists, and that the driver publishes ResourceSlices with a matching device.',
  ],
  avoid: ['Do not remove the claim from the pod to get it placed: it would start without its device.'],
};

export const otherReason: CodeEntry = {
  code: 'pod.unschedulable.other',
  group: 'scheduling',
  severity: 'critical',
  title: 'Pod cannot be scheduled',
  means: 'The scheduler finds no node for the pod, for a reason that is none of the usual ones.',
  recognised: 'PodScheduled=False with a text that is none of the known reasons.',
  nextSteps: ["Read the scheduler's text; a plugin or an extender of this cluster may have refused."],
  avoid: ['Do not delete the pending pod: its replacement meets the same refusal.'],
};
