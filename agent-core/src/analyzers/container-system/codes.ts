import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const volumePermission: CodeEntry = {
  ...base,
  code: 'pod.crash.volume-permission',
  title: 'No permission on a volume',
  means: 'The user that the program runs as may not read or write in a volume that is mounted into its container.',
  recognised: 'The last words of a container that crashes are "permission denied" (or "read-only file system") for a path under a mount.',
  nextSteps: ['Set securityContext.fsGroup of the pod to a group that the program runs in, so that the volume is made writable for it (not for hostPath and most NFS).', 'For hostPath and NFS, change the owner on the server or node, or run as the user that owns it.'],
  avoid: ['Do not run the container as root or make the folder writable for everybody.'],
};

export const filePermission: CodeEntry = {
  ...base,
  code: 'pod.crash.file-permission',
  title: 'No permission on a file',
  means: 'The program may not do what it wants with a file of its image: it runs as another user than the image expects, or its root file system is read-only.',
  recognised: 'The last words of a container that crashes are "permission denied", "operation not permitted" or "read-only file system" for a path in the image.',
  nextSteps: ['Give the files to the user that the container runs as (in the image), or mount an emptyDir where the program wants to write.'],
  avoid: ['Do not run the container as root for this.'],
};

export const privilegedPort: CodeEntry = {
  ...base,
  code: 'pod.crash.privileged-port',
  title: 'May not listen on a low port',
  means: 'The program wants to listen on a port below 1024 and runs without the right to do so.',
  recognised: 'The last words of a container that crashes are "permission denied" while binding a port.',
  nextSteps: ['Let the program listen on a port from 1024 on and point the targetPort of the Service at it, or add the capability NET_BIND_SERVICE.'],
  avoid: ['Do not run the container as root for this.'],
};

export const portInUse: CodeEntry = {
  ...base,
  code: 'pod.crash.port-in-use',
  title: 'Port already in use',
  means: 'The program wants to listen on a port which another process of the same pod (or, with the host network, of the same node) already holds.',
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
  nextSteps: ['See what is full (`df -h` in the container), then enlarge the claim, delete what is not needed through the program itself, or free the node.'],
  avoid: ["Do not delete a database's files by hand to make room."],
};
