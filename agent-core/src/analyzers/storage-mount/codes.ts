import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'storage', severity: 'critical' } as const;

export const multiAttach: CodeEntry = {
  ...base,
  code: 'storage.attach.multi-attach',
  title: 'Volume is still attached to another node',
  means:
    'The volume can be attached to one node at a time, and another node still has it: an old pod that runs or hangs there, or a node that died without letting go. The new pod waits.',
  recognised: 'A recent event FailedAttachVolume "Multi-Attach error" on a pod that has not started.',
  nextSteps: [
    'End the pod on the other node that mounts the same claim, or scale the workload to one replica with the strategy Recreate.',
    'If that node is dead for good, delete its pods and the Node (or taint it `node.kubernetes.io/out-of-service`), so that the volume is detached.',
  ],
  avoid: ['Do not force-delete a pod on a node that may still run: two writers can destroy the file system.'],
};

export const attachFailed: CodeEntry = {
  ...base,
  code: 'storage.attach.failed',
  title: 'Volume cannot be attached',
  means: 'The disk could not be connected to the node on which the pod was placed, so the pod does not start.',
  recognised:
    'A recent event FailedAttachVolume on a pod that has not started, or an attach error of its VolumeAttachment.',
  nextSteps: ['Do what the quoted message says: disk missing, wrong zone, permission, attach limit, driver down.'],
  avoid: ['Do not delete the VolumeAttachment by hand: the controller could lose track of the disk.'],
};

export const driverNotRegistered: CodeEntry = {
  ...base,
  code: 'storage.mount.driver-not-registered',
  title: 'CSI driver is not registered on the node',
  means:
    "The node's part of the storage driver does not run on the pod's node (or has not registered), so nothing can be mounted there.",
  recognised:
    'A recent event FailedMount or FailedAttachVolume that the driver name is "not found in the list of registered CSI drivers", or that the CSINode does not contain it.',
  nextSteps: [
    "Look at the driver's DaemonSet pod on that node: does it tolerate the node's taints, does it run, does its registrar reach the kubelet?",
  ],
  avoid: ['Do not move the volume by hand: on a node with the driver it mounts as it is.'],
};

export const nfsUnreachable: CodeEntry = {
  ...base,
  code: 'storage.mount.nfs-unreachable',
  title: 'NFS server cannot be reached',
  means: 'The node cannot resolve or reach the NFS server of the volume. The pod does not start.',
  recognised:
    "A recent event FailedMount of an NFS volume: the server's name is not resolved, connection refused, timed out or no route.",
  nextSteps: [
    "Check the server's name from a node (nodes do not use the cluster's DNS: a Service name does not resolve there), and that port 2049 is open.",
  ],
  avoid: ["Do not use a name of the cluster's DNS as NFS server: use the Service's cluster IP or an outside name."],
};

export const nfsDenied: CodeEntry = {
  ...base,
  code: 'storage.mount.nfs-denied',
  title: 'NFS server refuses the mount',
  means: 'The server is reached and does not let the node mount the path: not exported, or not to this node.',
  recognised: 'A recent event FailedMount of an NFS volume: "access denied by server" or "No such file or directory".',
  nextSteps: ['Export the path on the server to the addresses of the nodes, and check the path.'],
  avoid: ['Do not export to everybody to make it work.'],
};

export const helperMissing: CodeEntry = {
  ...base,
  code: 'storage.mount.helper-missing',
  title: 'The node lacks the program that mounts this file system',
  means: 'To mount NFS, CIFS or the like the node needs a helper that is not installed there.',
  recognised:
    'A recent event FailedMount that says that a `/sbin/mount.<type>` helper program might be needed, or "unknown filesystem type".',
  nextSteps: ['Install the client package (nfs-common, nfs-utils, cifs-utils, ...) on every node.'],
  avoid: ['Do not install it on one node only: the pod may be put on another.'],
};

export const wrongFileSystem: CodeEntry = {
  ...base,
  code: 'storage.mount.wrong-file-system',
  title: 'The file system on the volume cannot be mounted',
  means: 'The disk holds another or a damaged file system, or is mounted with options that it does not know.',
  recognised:
    'A recent event FailedMount: "wrong fs type, bad option, bad superblock", "fsck found errors", "structure needs cleaning".',
  nextSteps: [
    'Compare `fsType` and mount options of class and volume with what is on the disk; check the file system (fsck) on a copy.',
  ],
  avoid: ['Do not format the disk: its data would be lost.', 'Do not run a repair without a snapshot of the disk.'],
};

export const pathMissing: CodeEntry = {
  ...base,
  code: 'storage.mount.path-missing',
  title: 'The folder of a local volume does not exist on the node',
  means: 'The volume is a folder or disk of the node itself, and there is none at its path. The pod does not start.',
  recognised: 'A recent event FailedMount that the path of a local volume does not exist.',
  nextSteps: ['Create or mount the folder at that path on the node, or correct `spec.local.path` in a new volume.'],
  avoid: [
    "Do not create an empty folder where a disk should be mounted: data would be written to the node's own disk.",
  ],
};

export const ownershipSlow: CodeEntry = {
  ...base,
  code: 'storage.mount.ownership-slow',
  title: 'Ownership of every file is changed before the pod starts',
  means:
    'The pod asks for a group (`fsGroup`), and the kubelet gives every file of the volume to it at each mount. With millions of files that takes minutes to hours, and the pod waits for it.',
  recognised: 'Recent events VolumePermissionChangeInProgress on a pod that has not started.',
  nextSteps: [
    'Set `spec.securityContext.fsGroupChangePolicy: OnRootMismatch` in the pod template, unless it is so already: the kubelet then looks at the root of the volume only.',
    'Let the run that is under way finish: with the new setting the next start is quick, since the files are right by then.',
  ],
  avoid: ['Do not delete the pod again and again: the kubelet begins anew each time.'],
};

export const deviceBusy: CodeEntry = {
  ...base,
  code: 'storage.mount.device-busy',
  title: 'Another program of the node holds the disk',
  means:
    'The disk is attached to the node, and something there has opened it before the kubelet could mount it: most often multipathd, which takes every new SCSI disk for one of its own. The pod does not start.',
  recognised: 'A recent event FailedMount of a disk: "already mounted or mount point busy".',
  nextSteps: [
    'On the node, see who holds the device that the message names: `lsof DEVICE` and `multipath -ll`.',
    'If it is multipathd, exclude such disks in /etc/multipath.conf (for volumes without multipath: blacklist { devnode "^sd[a-z0-9]+" }), then `systemctl restart multipathd` and `multipath -F`.',
    'If an earlier mount is left over, unmount it there (`findmnt DEVICE`).',
  ],
  avoid: ['Do not format the device to get it free: the volume is well, and its data would be lost.'],
};

export const storeUnreachable: CodeEntry = {
  ...base,
  code: 'storage.mount.store-unreachable',
  title: 'The node does not reach the store that holds the volume',
  means:
    'The node asks the servers of the store (the monitors of Ceph, an iSCSI portal, a file server) for the volume and hears nothing. The pod does not start until it does; pods of other nodes may be well.',
  recognised:
    "A recent event FailedMount in which Ceph's `rbd: map failed`, `mount error` of CephFS or CIFS (there by number: 115, 112 or 113), or `iscsiadm` ends with a timeout or finds no route.",
  nextSteps: [
    'From the node (not from a pod), try the addresses that the event quotes: for Ceph ports 3300 and 6789 of its monitors and 6800-7300 of its OSDs, for iSCSI 3260, for CIFS 445: `nc -vz ADDRESS PORT`.',
    'If other nodes mount from the same store, compare the firewall, the routes and the MTU of this one; where the addresses are of Services, see whether kube-proxy or the network plugin works on the node.',
    'If no node does, look whether the servers of the store run.',
  ],
  avoid: ['Do not delete the claim or the volume: its data is well.'],
};

export const mountFailed: CodeEntry = {
  ...base,
  code: 'storage.mount.failed',
  title: 'Volume cannot be mounted',
  means: 'A volume of the pod could not be mounted on its node, so the pod does not start.',
  recognised:
    'Recent events FailedMount on a pod that has not started, for a volume of a claim, of a CSI driver or of NFS, for a reason that no other code has, or a timeout without one.',
  nextSteps: ["Read the events of the pod for the first reason; then the logs of the driver's pod on that node."],
  avoid: ['Do not delete the claim to start over: its data would be lost.'],
};
