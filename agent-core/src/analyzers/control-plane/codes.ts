import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  'Do not delete the mirror pod: the kubelet runs static pods from its manifests, and only shows them here.',
];

export const failing: CodeEntry = {
  code: 'control-plane.component.failing',
  group: 'control-plane',
  title: 'A control-plane component is failing',
  severity: 'critical',
  means:
    'A part of the control plane does not run. What runs in the cluster goes on, but what this part does stands still.',
  recognised: 'A pod of etcd, kube-apiserver, kube-controller-manager or kube-scheduler in kube-system is not ready.',
  nextSteps: [
    'Read its log: `kubectl -n kube-system logs POD --previous`, or on the machine `crictl logs`.',
    'Look at what was changed last in /etc/kubernetes/manifests on the machine.',
  ],
  avoid,
};

export const silent: CodeEntry = {
  code: 'control-plane.component.silent',
  group: 'control-plane',
  title: 'A control-plane component has no leader',
  severity: 'critical',
  means:
    'No instance of the component holds its lease, so none works: without a scheduler no pod is given a node, without the controller manager nothing is replaced, rolled out or cleaned up and dead nodes are not noticed.',
  recognised:
    'The Lease kube-scheduler or kube-controller-manager in kube-system was last renewed more than a minute before the newest lease of the cluster.',
  nextSteps: [
    'See whether its pods run in kube-system and whether /etc/kubernetes/manifests on the control-plane machine still holds its manifest.',
    'Read the log of the last holder.',
  ],
  avoid,
};

export const leaderChanging: CodeEntry = {
  code: 'control-plane.leader.changing',
  group: 'control-plane',
  title: 'A component loses its leadership again and again',
  severity: 'warning',
  means:
    'Each loss restarts the component. Mostly the API server or etcd answers too slowly, or the machine lacks CPU.',
  recognised: 'Four events LeaderElection or more about one Lease within an hour.',
  nextSteps: [
    "Look at the latency of etcd's disk and at the load of the control-plane machines.",
    'Read the log of the component around the times of the events.',
  ],
  avoid: ['Do not just lengthen the lease: it hides the slowness.'],
};
