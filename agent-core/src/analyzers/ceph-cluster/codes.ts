import type { CodeEntry } from '@autodevops/domain/finding';

export const healthError: CodeEntry = {
  code: 'ceph.cluster.health-error',
  group: 'storage',
  title: 'Ceph reports an error',
  severity: 'critical',
  means:
    'Ceph itself says that data cannot be read or written as it should. Volumes hang, and new ones are not made, while the operator may still call the cluster ready.',
  recognised: 'The CephCluster has HEALTH_ERR in `status.ceph.health`.',
  nextSteps: [
    'See the details with `ceph health detail` in the toolbox pod of Rook.',
    'Full OSDs: add disks or OSDs, or delete what is not needed; a full cluster accepts no writes, deletions included, until its full ratio is raised for a moment.',
  ],
  avoid: [
    'Do not delete OSD pods or their volumes to make room: that removes copies of data.',
    'Do not restart the drivers that wait: they go on by themselves.',
  ],
};

export const healthWarning: CodeEntry = {
  code: 'ceph.cluster.health-warning',
  group: 'storage',
  title: 'Ceph reports a warning',
  severity: 'info',
  means: 'Ceph works, and says that something should be looked after.',
  recognised: 'The CephCluster has HEALTH_WARN in `status.ceph.health`.',
  nextSteps: ['See the details with `ceph health detail` in the toolbox pod of Rook.'],
  avoid: ['Do not mute the warning before you know what it is.'],
};
