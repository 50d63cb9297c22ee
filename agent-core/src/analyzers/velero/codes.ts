import type { CodeEntry } from '@autodevops/domain/finding';

export const locationUnavailable: CodeEntry = {
  code: 'velero.location.unavailable',
  group: 'ecosystem',
  title: 'Velero does not get at the place of its backups',
  severity: 'warning',
  means: 'No backup is written to this place and none can be restored from it, until it answers again.',
  recognised: 'The BackupStorageLocation has the phase Unavailable.',
  nextSteps: [
    'Do what its message says: the credentials or the role of Velero, the firewall of the storage account, the name of the bucket.',
    'Velero checks again by itself; then make a backup by hand: `velero backup create --from-schedule NAME`.',
  ],
  avoid: ['Do not delete the BackupStorageLocation: its backups would be removed from the cluster with it.'],
};

export const backupFailing: CodeEntry = {
  code: 'velero.backup.failing',
  group: 'ecosystem',
  title: 'Scheduled backups fail',
  severity: 'warning',
  means:
    'The newest backup of the schedule cannot be relied upon. What was lost today could not be restored from today.',
  recognised:
    'The newest finished Backup of a Schedule has failed, or the newest two or more were only partially made.',
  nextSteps: [
    'Read why: `velero backup describe NAME --details`, `velero backup logs NAME`.',
    'When it is mended, make a backup at once instead of waiting for the schedule.',
  ],
  avoid: ['Do not delete the last backup that succeeded.'],
};
