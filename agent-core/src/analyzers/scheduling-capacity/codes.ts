import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  'Do not delete the pending pod: its replacement stands before the same nodes.',
  'Do not drop the resource requests altogether: the pod would then be the first to be evicted and starve its neighbours.',
];

function lack(resource: string, what: string): Pick<CodeEntry, 'group' | 'severity' | 'recognised' | 'avoid'> {
  return {
    group: 'scheduling',
    severity: 'critical',
    recognised: `The pod is Pending with PodScheduled=False and the scheduler counts "${what}"; the requests of the pods on every node that the pod may use leave less ${resource} than it asks for.`,
    avoid,
  };
}

export const cpuFull: CodeEntry = {
  ...lack('CPU', 'Insufficient cpu'),
  code: 'pod.unschedulable.cpu',
  title: 'No node has enough CPU left',
  means:
    'The pod cannot start: the CPU requests of what runs already leave too little on every node that it may use. Real use may be much lower; the scheduler counts requests.',
  nextSteps: [
    'Compare requests with real use (`kubectl describe nodes`, `kubectl top pods -A`) and lower requests that are too generous.',
    'Scale down what is not needed, or add a node.',
  ],
};

export const memoryFull: CodeEntry = {
  ...lack('memory', 'Insufficient memory'),
  code: 'pod.unschedulable.memory',
  title: 'No node has enough memory left',
  means:
    'The pod cannot start: the memory requests of what runs already leave too little on every node that it may use. The scheduler counts requests, not use.',
  nextSteps: [
    'Compare requests with real use (`kubectl describe nodes`, `kubectl top pods -A`) and lower requests that are too generous.',
    'Scale down what is not needed, or add a node.',
  ],
};

export const ephemeralStorageFull: CodeEntry = {
  ...lack('ephemeral storage', 'Insufficient ephemeral-storage'),
  code: 'pod.unschedulable.ephemeral-storage',
  title: 'No node has enough ephemeral storage left',
  means: 'The pod asks for more local disk (ephemeral-storage) than any node that it may use has left to promise.',
  nextSteps: ['Lower the ephemeral-storage request, use a volume for large files, or use nodes with larger disks.'],
};

export const tooManyPods: CodeEntry = {
  ...lack('room for pods', 'Too many pods'),
  code: 'pod.unschedulable.too-many-pods',
  title: 'Every node has its maximum number of pods',
  means:
    'Each node that the pod may use runs as many pods as its kubelet allows (allocatable pods), whatever CPU and memory are free.',
  nextSteps: [
    'Remove pods that are not needed (finished ones do not count), or add a node.',
    'Raise maxPods of the kubelets only if the nodes and their pod address ranges are large enough.',
  ],
};

export const extendedResource: CodeEntry = {
  ...lack('of an extended resource', 'Insufficient <resource>'),
  code: 'pod.unschedulable.extended-resource',
  title: 'No node offers the device or extended resource',
  means:
    'The pod asks for a device or other extended resource (a GPU, huge pages) that no node that it may use offers, or that other pods hold.',
  nextSteps: [
    'Check that the device plugin runs on the node and that the node lists the resource under status.allocatable.',
    'If the devices are all in use, wait, stop one of the users, or add a node with more.',
  ],
  avoid: ["Do not patch the node's status to invent the resource: the pod would start without the device."],
};

export const requestTooLarge: CodeEntry = {
  ...lack('of the resource', 'Insufficient <resource>'),
  code: 'pod.unschedulable.request-too-large',
  title: 'Request is larger than any node',
  means:
    'The pod asks for more than the largest node that it may use could give even if it were empty. Freeing room or waiting does not help.',
  recognised:
    'The effective request of the pod (containers, sidecars, init containers, overhead) exceeds status.allocatable of every node that passes its selector, affinity and tolerations.',
  nextSteps: ['Correct the request (often a unit: 4000 instead of 4000m, Gi instead of Mi), or add a larger node.'],
  avoid: ['Do not scale other workloads down for it: no node is large enough even when empty.'],
};
