import type { CodeEntry } from '@autodevops/domain/finding';

export const inotifyLimit: CodeEntry = {
  code: 'kind.inotify-limit',
  group: 'ecosystem',
  title: 'Too many open files: inotify limits',
  severity: 'critical',
  means:
    "The kernel's inotify limits are used up. With Kind every node shares those of the one machine, so kube-proxy, controllers and log readers fail on any of them.",
  recognised: 'A log, event or container message says "too many open files" about inotify or a file watcher.',
  nextSteps: [
    'On the machine that runs the nodes: `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`, and keep it in /etc/sysctl.d.',
    'Then delete the pods that fail, so that they start anew.',
  ],
  avoid: ['Do not raise `ulimit -n` for this: it is another limit.'],
};

export const diskFull: CodeEntry = {
  code: 'kind.disk-full',
  group: 'ecosystem',
  title: 'The disk of the Docker engine is full',
  severity: 'critical',
  means:
    'All nodes of a Kind cluster write to the one disk of the Docker engine (on macOS and Windows: of its virtual machine). It is full, so every node is short of disk at once.',
  recognised: 'All Kind nodes (two at least), or the only one, report DiskPressure.',
  nextSteps: [
    '`docker system df`, then `docker system prune` and `docker volume prune` for what is not needed.',
    "Give Docker Desktop's virtual machine a larger disk, or free space on the disk of /var/lib/docker.",
  ],
  avoid: ['`docker system prune -a --volumes` also deletes stopped Kind clusters and their data.'],
};

export const outOfMemory: CodeEntry = {
  code: 'kind.out-of-memory',
  group: 'ecosystem',
  title: 'The machine under the Kind nodes is out of memory',
  severity: 'critical',
  means:
    "All nodes of a Kind cluster share the memory of the one machine (on macOS and Windows: of the Docker engine's virtual machine). It is used up, and the kernel kills processes of any of them.",
  recognised: 'All Kind nodes report MemoryPressure, or a recent event SystemOOM is about one of them.',
  nextSteps: [
    "Give Docker Desktop's virtual machine more memory, or stop what else runs on the machine (`docker stats`).",
    'Use fewer nodes or smaller workloads in the Kind cluster.',
  ],
  avoid: ['Do not raise memory limits inside of the cluster: there is no more memory to give.'],
};
