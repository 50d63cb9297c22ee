import type { CodeEntry } from '@autodevops/domain/finding';

const pressureAvoid = [
  'Do not restart the kubelet to clear the condition: it comes back with the shortage.',
  'Do not raise the eviction thresholds to silence it; the kernel would then kill processes instead.',
];

export const memoryPressure: CodeEntry = {
  code: 'node.pressure.memory',
  group: 'node',
  title: 'Node is short of memory',
  severity: 'critical',
  means:
    'The kubelet evicts pods to win memory back, those that use most beyond their request first, and nothing without a matching toleration is started on the node.',
  recognised: 'The node condition MemoryPressure is True (KubeletHasInsufficientMemory).',
  nextSteps: [
    'Find what uses the memory: `kubectl top pods -A --sort-by=memory` for the pods of this node, then processes outside of pods on the machine.',
    'Give the pods that use far more than they request true requests and limits, move some away, or add memory or a node.',
  ],
  avoid: pressureAvoid,
};

export const diskPressure: CodeEntry = {
  code: 'node.pressure.disk',
  group: 'node',
  title: 'Node is short of disk space',
  severity: 'critical',
  means:
    'The kubelet removes unused images and dead containers, then evicts pods, and starts nothing on the node until space is free again.',
  recognised: 'The node condition DiskPressure is True (KubeletHasDiskPressure).',
  nextSteps: [
    'On the machine: `df -h` and `df -i` for the disks of /var/lib/kubelet and of the container runtime, then find what fills them (logs of containers, emptyDir volumes, images).',
    'Free space (`crictl rmi --prune`, rotate logs) or enlarge the disk, and give writers ephemeral-storage limits.',
  ],
  avoid: [...pressureAvoid, 'Do not delete files under /var/lib/containerd or /var/lib/kubelet by hand.'],
};

export const pidPressure: CodeEntry = {
  code: 'node.pressure.pid',
  group: 'node',
  title: 'Node is short of process ids',
  severity: 'critical',
  means: 'Too many processes or threads run on the node: new ones cannot be started, and the kubelet evicts pods.',
  recognised: 'The node condition PIDPressure is True (KubeletHasInsufficientPID).',
  nextSteps: [
    'On the machine: `ps -eLf | wc -l` and find which pod forks or leaks threads.',
    'Set a limit of processes per pod (`podPidsLimit` of the kubelet).',
  ],
  avoid: pressureAvoid,
};

export const imageGcFailed: CodeEntry = {
  code: 'node.disk.image-gc-failed',
  group: 'node',
  title: 'Node cannot free disk space',
  severity: 'warning',
  means:
    'The image disk is over its threshold and the kubelet finds nothing to remove: what fills the disk is not unused images. Disk pressure and evictions follow.',
  recognised: 'Recent events ImageGCFailed, FreeDiskSpaceFailed or "EvictionThresholdMet" about the node.',
  nextSteps: [
    'On the machine: `df -h`, then `du -x -d2 /var/lib | sort -h` to see what fills the disk (logs, emptyDir volumes, other software).',
    'Free space or enlarge the disk.',
  ],
  avoid: ['Do not delete files under /var/lib/containerd or /var/lib/kubelet by hand.'],
};

export const evictedByNode: CodeEntry = {
  code: 'pod.evicted.node-pressure',
  group: 'node',
  title: 'Pod evicted because its node ran short',
  severity: 'warning',
  means:
    'The kubelet ended the pod to save its node. Its controller makes another one; a pod without a controller stays away.',
  recognised: 'The pod has failed with reason Evicted and "The node was low on resource" or "The node had condition".',
  nextSteps: ['Relieve the node, and set the memory and storage requests of the pod to what it uses.'],
  avoid: ['Do not just delete the evicted pods: they are the record of what happened, and cost nothing.'],
};

export const evictedByLimit: CodeEntry = {
  code: 'pod.evicted.own-limit',
  group: 'node',
  title: 'Pod evicted because it wrote more than it may',
  severity: 'critical',
  means:
    'The pod used more local disk than its ephemeral-storage limit or the sizeLimit of an emptyDir volume allows. It will be evicted again and again until it writes less or may write more.',
  recognised:
    'The pod has failed with reason Evicted and a message that names an ephemeral-storage limit or an emptyDir volume.',
  nextSteps: [
    'Find what the container writes (log files, caches, temporary files), and clean up, rotate, or put it on a volume.',
    'If the amount is right, raise the limit that the message names.',
  ],
  avoid: ["Do not remove the limit: the pod could then fill the node's disk and have its neighbours evicted."],
};
