import type { CodeEntry } from '@autodevops/domain/finding';

export const notTakenUp: CodeEntry = {
  code: 'storage.snapshot.not-taken-up',
  group: 'storage',
  title: 'Nobody makes the VolumeSnapshot',
  severity: 'warning',
  means:
    'The request lies in the cluster and no controller has acted on it: there is no snapshot, and whoever counts on it (a backup) waits or has none.',
  recognised: 'A VolumeSnapshot has no status at all, a quarter of an hour after it was made.',
  nextSteps: [
    "Install the snapshot controller (external-snapshotter): many distributions bring the definitions and the driver's sidecar without it. See first whether one runs: `kubectl get pods -A | grep snapshot-controller`.",
    'If it runs, read its log: it may lack a permission, or have lost its leader.',
  ],
  avoid: ['Do not count these snapshots as backups.'],
};

export const failed: CodeEntry = {
  code: 'storage.snapshot.failed',
  group: 'storage',
  title: 'VolumeSnapshot cannot be taken',
  severity: 'warning',
  means: 'What counts on the snapshot (a backup, a clone) does not get it. The volume itself is not touched.',
  recognised:
    'A VolumeSnapshot is not ready to use and the snapshot controller or the driver has left an error in its status.',
  nextSteps: [
    'Do what the quoted message says: the class must be of the driver of the volume, the claim must be bound, the cloud must allow snapshots.',
    'The controller tries again by itself; a snapshot with a wrong class is deleted and made anew.',
  ],
  avoid: ['Do not delete the VolumeSnapshotContent by hand: a snapshot in the cloud may stay behind and be paid for.'],
};
