import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'scheduling' as const;
const severity = 'critical' as const;

export const nodeSelector: CodeEntry = {
  code: 'pod.unschedulable.node-selector',
  group,
  severity,
  title: 'No node matches the node selector or affinity',
  means: 'The pod demands labels that no node has (nodeSelector or required node affinity), so it waits for ever.',
  recognised:
    'PodScheduled=False with "didn\'t match Pod\'s node affinity/selector", and no node in the cluster satisfies spec.nodeSelector and the required node affinity together.',
  nextSteps: [
    'Compare the demanded labels with `kubectl get nodes --show-labels`.',
    'Correct the selector in the workload, or label the node that is meant.',
  ],
  avoid: [
    'Do not label a node only to get the pod running: the label may promise hardware or a zone that the node does not have.',
  ],
};

export const taint: CodeEntry = {
  code: 'pod.unschedulable.taint',
  group,
  severity,
  title: 'Every suitable node has a taint that the pod does not tolerate',
  means: 'Nodes that would otherwise take the pod are reserved by a taint, and the pod has no toleration for it.',
  recognised:
    "Every node that passes the pod's selector and affinity carries a NoSchedule or NoExecute taint without a matching toleration. The control plane's own taint, which is in nearly every FailedScheduling text, counts only when there is no other node.",
  nextSteps: [
    'Decide whether the pod belongs on those nodes: if so add the toleration to its template; if not add nodes without the taint.',
    'Remove the taint if nobody needs it any more: `kubectl taint nodes NODE KEY-`.',
  ],
  avoid: [
    'Do not add a toleration for everything (operator Exists without a key): the pod would also stay on broken nodes.',
  ],
};

export const cordoned: CodeEntry = {
  code: 'pod.unschedulable.cordoned',
  group,
  severity,
  title: 'Nodes that would take the pod are cordoned',
  means:
    'Nodes with room for the pod are marked unschedulable, usually for maintenance or by a drain that was not undone.',
  recognised: 'Nodes that pass everything the pod asks for have spec.unschedulable=true, and no other node takes it.',
  nextSteps: [
    'Ask who cordoned the node and whether the work is done, then `kubectl uncordon NODE`; or add room elsewhere.',
  ],
  avoid: ['Do not uncordon a node that is being drained or repaired.'],
};

export const nodeNotReady: CodeEntry = {
  code: 'pod.unschedulable.node-not-ready',
  group,
  severity,
  title: 'Nodes that would take the pod are not in service',
  means:
    'The nodes that the pod may use are not ready, unreachable, not initialised or under pressure, so Kubernetes keeps new pods away from them.',
  recognised:
    "Every node that passes the pod's selector and affinity carries a node.kubernetes.io taint (not-ready, unreachable, network-unavailable, disk-, memory- or pid-pressure) or is not initialised by its cloud provider.",
  nextSteps: ['Repair the node first (see its conditions); the pod is scheduled by itself then.'],
  avoid: ['Do not remove these taints by hand: the node controller sets them again while the condition lasts.'],
};

export const hostPort: CodeEntry = {
  code: 'pod.unschedulable.host-port',
  group,
  severity,
  title: 'Host port is taken on every suitable node',
  means:
    'The pod wants a port of the node itself (hostPort or hostNetwork), which another pod holds on every node that it may use.',
  recognised:
    'PodScheduled=False with "didn\'t have free ports for the requested pod ports"; another pod on those nodes has the same host port.',
  nextSteps: [
    'Use a Service instead of a host port where possible.',
    'Otherwise run no more replicas than there are nodes, or give the pods different ports; with a rolling update set maxSurge to 0.',
  ],
  avoid: ['Do not delete the pod that holds the port before you know what it serves.'],
};

export const noNodes: CodeEntry = {
  code: 'pod.unschedulable.no-nodes',
  group,
  severity,
  title: 'The cluster has no node for pods',
  means: 'The scheduler sees no node at all, so nothing can run.',
  recognised: '"no nodes available to schedule pods" in FailedScheduling.',
  nextSteps: [
    "Add a node, or find out why the existing ones did not join (`kubectl get nodes`, the kubelet's log on the machine).",
  ],
  avoid: ['Do not delete and recreate the workloads: they are scheduled as soon as there is a node.'],
};

export const nodeMissing: CodeEntry = {
  code: 'pod.node-missing',
  group,
  severity,
  title: 'Pod is assigned to a node that does not exist',
  means:
    'spec.nodeName names a node that is not in the cluster: no kubelet will start the pod, and garbage collection deletes it.',
  recognised: 'spec.nodeName is set, the pod has not started, and no Node has this name.',
  nextSteps: ["Correct or remove nodeName in the workload's template (use nodeSelector or affinity instead)."],
  avoid: ['Do not set nodeName by hand: it goes around the scheduler and its checks.'],
};
