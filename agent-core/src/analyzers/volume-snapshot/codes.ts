import type { CodeEntry } from '@autodevops/domain/finding';

export const failed: CodeEntry = {
  code: 'storage.snapshot.failed',
  group: 'storage',
  title: 'VolumeSnapshot cannot be taken',
  severity: 'warning',
  means: 'What counts on the snapshot (a backup, a clone) does not get it. The volume itself is not touched.',
  recognised: 'A VolumeSnapshot is not ready to use and the snapshot controller or the driver has left an error in its status.',
  nextSteps: ['Do what the quoted message says: the class must be of the driver of the volume, the claim must be bound, the cloud must allow snapshots.', 'The controller tries again by itself; a snapshot with a wrong class is deleted and made anew.'],
  avoid: ['Do not delete the VolumeSnapshotContent by hand: a snapshot in the cloud may stay behind and be paid for.'],
};
