import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const volumePermission: CodeEntry = {
  ...base,
  code: 'pod.crash.volume-permission',
  title: 'No permission on a volume',
  means: 'The user that the program runs as may not read or write in a volume that is mounted into its container.',
  recognised:
    'The last words of a container that crashes are "permission denied" (or "read-only file system") for a path under a mount.',
  nextSteps: [
    'Set securityContext.fsGroup of the pod to a group that the program runs in, so that the volume is made writable for it (not for hostPath and most NFS).',
    'For hostPath and NFS, change the owner on the server or node, or run as the user that owns it.',
  ],
  avoid: ['Do not run the container as root or make the folder writable for everybody.'],
};

export const filePermission: CodeEntry = {
  ...base,
  code: 'pod.crash.file-permission',
  title: 'No permission on a file',
  means:
    'The program may not do what it wants with a file of its image: it runs as another user than the image expects, or its root file system is read-only.',
  recognised:
    'The last words of a container that crashes are "permission denied", "operation not permitted" or "read-only file system" for a path in the image.',
  nextSteps: [
    'Give the files to the user that the container runs as (in the image), or mount an emptyDir where the program wants to write.',
  ],
  avoid: ['Do not run the container as root for this.'],
};

export const unknownUser: CodeEntry = {
  ...base,
  code: 'pod.crash.unknown-user',
  title: 'Image does not know the user that it runs as',
  means:
    'The container runs as a user number that the image has no name for, and the program insists on one. Usual on OpenShift, which gives each namespace numbers of its own.',
  recognised:
    'The last words of a container that crashes are "could not look up effective user ID", "no passwd entry", "uid not found" and their like.',
  nextSteps: [
    'Use an image that is made for any user (many have a variant for OpenShift), or let its start script add the number to /etc/passwd (through nss_wrapper).',
    'Or run it as the user that the image knows: runAsUser, on OpenShift with an SCC that allows it.',
  ],
  avoid: ['Do not give it the SCC anyuid or root for this.'],
};

export const modeTooOpen: CodeEntry = {
  ...base,
  code: 'pod.crash.mode-too-open',
  title: 'File may be read by others than its owner',
  means:
    'The program refuses a key, a cookie or a data folder that others than its owner may read. In a pod that is mostly the work of fsGroup, which makes every file of a volume readable and writable for the group, or of the default mode of a Secret.',
  recognised:
    'The last words of a container that crashes are that permissions are too open, or that a file must be accessible by its owner only.',
  nextSteps: [
    'Where the file comes from a Secret, set `defaultMode: 0400` (or 0600) in the volume, and run as its owner.',
    'Where it lies on a claim, set it back once (`chmod 600` in an init container), and `fsGroupChangePolicy: OnRootMismatch`, so that fsGroup does not open it again at each start.',
  ],
  avoid: ['Do not switch the check of the program off: the file is a secret.'],
};

export const privilegedPort: CodeEntry = {
  ...base,
  code: 'pod.crash.privileged-port',
  title: 'May not listen on a low port',
  means: 'The program wants to listen on a port below 1024 and runs without the right to do so.',
  recognised: 'The last words of a container that crashes are "permission denied" while binding a port.',
  nextSteps: [
    'Let the program listen on a port from 1024 on and point the targetPort of the Service at it, or add the capability NET_BIND_SERVICE.',
  ],
  avoid: ['Do not run the container as root for this.'],
};

export const portInUse: CodeEntry = {
  ...base,
  code: 'pod.crash.port-in-use',
  title: 'Port already in use',
  means:
    'The program wants to listen on a port which another process of the same pod (or, with the host network, of the same node) already holds.',
  recognised: 'The last words of a container that crashes are "address already in use".',
  nextSteps: ['Give one of the two another port: containers of a pod share one network.'],
  avoid: ['Do not delete the pod to retry: the containers collide again.'],
};

export const diskFull: CodeEntry = {
  ...base,
  code: 'pod.crash.disk-full',
  title: 'Disk full',
  means: 'The program cannot write because the volume or the disk of the node is full.',
  recognised: 'The last words of a container that crashes or is not ready are "no space left on device".',
  nextSteps: [
    'See what is full (`df -h` in the container), then enlarge the claim, delete what is not needed through the program itself, or free the node.',
  ],
  avoid: ["Do not delete a database's files by hand to make room."],
};

export const threadsExhausted: CodeEntry = {
  ...base,
  code: 'pod.crash.threads-exhausted',
  title: 'No further thread or process',
  means:
    'The program may not start another thread or process: the limit of processes of its pod or its user is reached, mostly because threads are made and never end. Memory is not what is lacking, whatever the message says.',
  recognised:
    'The last words of a container that crashes or is not ready are "unable to create native thread", "can\'t start new thread", "failed to create new OS thread" or "fork: Resource temporarily unavailable".',
  nextSteps: [
    'Count the threads while they grow (`ls /proc/1/task | wc -l` in the container) and bound the pool that makes them.',
    'If the number is meant, raise the limit of processes of pods on the node (podPidsLimit of the kubelet) or of the user (ulimit -u).',
  ],
  avoid: ['Do not raise the memory limit or the heap for this: a larger heap leaves less room for threads.'],
};

export const filesExhausted: CodeEntry = {
  ...base,
  code: 'pod.crash.open-files',
  title: 'Too many open files',
  means:
    'The program holds as many files and connections as its limit allows, so it opens no further one: a leak of connections or files, or a limit too low for its load.',
  recognised:
    'The last words of a container that crashes or is not ready are "too many open files", and nothing speaks of watching files.',
  nextSteps: [
    'See what is open (`ls -l /proc/1/fd` in the container): thousands of sockets to one peer are connections that are not closed.',
    'If the number is meant, raise the limit of open files in the configuration of the container runtime (LimitNOFILE) or in the program.',
  ],
  avoid: ['Do not only restart it: a leak fills the limit again.'],
};

export const kernelSetting: CodeEntry = {
  ...base,
  code: 'pod.crash.kernel-setting',
  title: 'Kernel setting of the node is too low',
  means:
    'The program refuses to work with a setting of the kernel of its node (a sysctl, such as vm.max_map_count or the number of file watchers), which no pod can change for itself.',
  recognised:
    'The last words of a container that crashes name the setting, such as "max virtual memory areas vm.max_map_count [65530] is too low".',
  nextSteps: [
    'Set it on every node that may run the pod, for good (a file in /etc/sysctl.d, the node image, or a privileged DaemonSet), then let the pod start again.',
    'Where nodes are not yours, switch off in the program what needs it (Elasticsearch: `node.store.allow_mmap: false`).',
  ],
  avoid: ['Do not run the container itself as privileged for this.'],
};

export const kernelModule: CodeEntry = {
  ...base,
  code: 'pod.crash.kernel-module',
  title: 'Kernel of the node lacks a part that the program needs',
  means:
    'The program uses a part of the kernel (a table of iptables, a kind of network device) whose module is not loaded on the node, or cannot be built for its kernel. No pod can load it for itself.',
  recognised:
    'The last words of a container that crashes are that a table of iptables cannot be initialized, that the kernel does not know a type of device, or that nothing is found from which a driver could be built for the kernel.',
  nextSteps: [
    'Load the module on every node that may run the pod, for good (a file in /etc/modules-load.d; for the table nat: `iptable_nat`, and with nftables `nft_chain_nat`).',
    'For a driver that builds its module in the container (NVIDIA): no package holds the headers of this kernel. Give the node a kernel of its distribution, use a driver image with modules built for it, or install the driver on the machine and switch off the container.',
    'For a mesh: let its CNI plugin or its ambient mode set the rules on the node, or tell it to use nftables.',
  ],
  avoid: ['Do not run the container itself as privileged so that it loads modules.'],
};
