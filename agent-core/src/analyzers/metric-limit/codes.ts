import type { CodeEntry } from '@autodevops/domain/finding';

export const volumeNearlyFull: CodeEntry = {
  code: 'signal.volume.nearly-full',
  group: 'signal',
  title: 'Volume is nearly full',
  severity: 'warning',
  means: 'What writes to the volume will fail when it is full; databases stop or corrupt their files.',
  recognised: 'kubelet_volume_stats_used_bytes (or inodes) of the claim is above 90 % of its capacity.',
  nextSteps: [
    'Find and remove what is not needed (old logs, dumps, write-ahead logs that are not shipped).',
    "Enlarge the claim's spec.resources.requests.storage if its StorageClass has allowVolumeExpansion.",
  ],
  avoid: ["Do not delete a database's write-ahead log by hand."],
};

export const diskNearlyFull: CodeEntry = {
  code: 'signal.disk.nearly-full',
  group: 'signal',
  title: 'Disk of a node is nearly full',
  severity: 'warning',
  means: 'The kubelet will soon remove images and evict pods from the node.',
  recognised: 'node_filesystem_avail_bytes is below 10 % of node_filesystem_size_bytes for a real file system.',
  nextSteps: ['On the machine: find what fills the disk (images, container logs, emptyDir volumes).'],
  avoid: ['Do not delete files under /var/lib/containerd or /var/lib/kubelet by hand.'],
};

export const memoryLeak: CodeEntry = {
  code: 'signal.memory.leak',
  group: 'signal',
  title: 'Memory grows steadily towards its limit',
  severity: 'warning',
  means: 'The container will be killed for memory when it reaches its limit, and again after each restart.',
  recognised:
    'The memory in use has risen in nearly every step of the series, by a third or more, and has passed 60 % of the limit or will reach it within a day.',
  nextSteps: [
    'See since which version it grows, and take a heap profile.',
    'A restart buys time; a higher limit only delays it.',
  ],
  avoid: ['Do not remove the limit: the node would then be out of memory.'],
};

export const memoryNearLimit: CodeEntry = {
  code: 'signal.memory.near-limit',
  group: 'signal',
  title: 'Memory is at its limit',
  severity: 'warning',
  means: 'The next peak will get the container killed.',
  recognised: "The working set has stayed above 95 % of the container's memory limit.",
  nextSteps: ['Raise the limit, or lower what the program may take (heap size, cache size, workers).'],
  avoid: ['Do not take the limit away: without one the pod takes memory from its neighbours.'],
};

export const cpuAtLimit: CodeEntry = {
  code: 'signal.cpu.at-limit',
  group: 'signal',
  title: 'CPU is at its limit',
  severity: 'warning',
  means: 'The container is throttled: it is slower than it could be, its requests wait and its probes may time out.',
  recognised: "CPU use has stayed above 95 % of the container's CPU limit for several points in a row.",
  nextSteps: [
    'Raise or remove the CPU limit, or add replicas.',
    'See whether the load or the work per request has grown.',
  ],
  avoid: ['Do not lengthen probe time-outs alone.'],
};
