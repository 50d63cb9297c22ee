import type { CodeEntry } from '@autodevops/domain/finding';

export const refusedByKubelet: CodeEntry = {
  code: 'pod.kubelet.refused',
  group: 'scheduling',
  title: 'Kubelet refuses the pod',
  severity: 'critical',
  means:
    'The scheduler placed the pod, and the kubelet of the node does not admit it: a sysctl or profile that the node does not allow, devices or CPUs that it cannot give, a label that no longer fits. The controller makes pod after pod, and each is refused.',
  recognised:
    'Pods of a workload that lacks pods have failed with "Pod was rejected" (reasons such as SysctlForbidden, AppArmor, UnexpectedAdmissionError, TopologyAffinityError, NodeAffinity, OutOfcpu), the newest within the hour.',
  nextSteps: [
    'Read the quoted reason: drop from the pod what the node does not allow, or allow it on the node.',
    'Delete the refused pods once new ones run: they hold nothing, but remain in the list.',
  ],
  avoid: ['Do not only delete the failed pods: the next ones are refused as well.'],
};
