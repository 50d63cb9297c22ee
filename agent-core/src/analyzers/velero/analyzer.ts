import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { flagAt, listAt, textAt } from '../../reading/json-value.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { backupFailing, locationUnavailable } from './codes.ts';

const group = 'velero.io';
const patience = 3 * 60_000;
const failedPhases = new Set(['Failed', 'FailedValidation']);
/** What a backup comes to in the end. */
const finished = new Set(['Completed', 'PartiallyFailed', ...failedPhases]);

function phaseOf(object: CustomObject): string {
  return textAt(object.status, 'phase');
}

function checkLocation(snapshot: Snapshot, location: CustomObject): Finding[] {
  const age = ageOf(snapshot, location.metadata.creationTimestamp);
  if (phaseOf(location) !== 'Unavailable' || age === undefined || age < patience) return [];
  const ref = refToCustom(location);
  const message = textAt(location.status, 'message');
  const synced = textAt(location.status, 'lastSyncedTime');
  return [
    finding(locationUnavailable, {
      object: ref,
      cause: `${refText(ref)} is Unavailable${message === '' ? '' : `: ${rootError(message)}`}.`,
      evidence: [
        fromStatus(ref, 'status.phase', 'Unavailable'),
        ...(message === '' ? [] : [fromStatus(ref, 'status.message', message)]),
      ],
      since: synced,
    }),
  ];
}

/** Of a schedule, the newest first. */
function backupsOf(snapshot: Snapshot, schedule: CustomObject): readonly CustomObject[] {
  const { namespace, name } = schedule.metadata;
  const made = (backup: CustomObject): string => backup.metadata.creationTimestamp ?? '';
  return customOfKind(snapshot, group, 'Backup')
    .filter(
      (backup) =>
        backup.metadata.namespace === namespace &&
        backup.metadata.labels['velero.io/schedule-name'] === name &&
        finished.has(phaseOf(backup)),
    )
    .toSorted((a, b) => made(b).localeCompare(made(a)));
}

function whyOf(backup: CustomObject): string {
  const [invalid] = listAt(backup.status, 'validationErrors');
  return textAt(backup.status, 'failureReason') || (typeof invalid === 'string' ? invalid : '');
}

function checkSchedule(snapshot: Snapshot, schedule: CustomObject): Finding[] {
  if (flagAt(schedule.spec, 'paused') === true) return [];
  const backups = backupsOf(snapshot, schedule);
  const [newest] = backups;
  const succeeded = backups.findIndex((backup) => phaseOf(backup) === 'Completed');
  const bad = succeeded < 0 ? backups : backups.slice(0, succeeded);
  const [first] = bad.toReversed();
  // One that is incomplete has mostly skipped something that was being deleted.
  if (newest === undefined || first === undefined || (!failedPhases.has(phaseOf(newest)) && bad.length < 2)) return [];
  const ref = refToCustom(schedule);
  const why = bad.map(whyOf).find((text) => text !== '') ?? '';
  const last =
    succeeded < 0
      ? 'none that succeeded is left'
      : `the last that succeeded is "${backups[succeeded]?.metadata.name ?? ''}"`;
  const location = textAt(schedule.spec, 'template', 'storageLocation') || 'default';
  return [
    finding(backupFailing, {
      object: ref,
      cause: `${bad.length === 1 ? 'The newest backup' : `The newest ${bad.length} backups`} of ${refText(ref)} failed or ${bad.length === 1 ? 'is' : 'are'} incomplete, ${last}${why === '' ? '' : `: ${said(why)}`}.`,
      evidence: bad
        .slice(0, 3)
        .map((backup) =>
          fromStatus(
            refToCustom(backup),
            'status.phase',
            [phaseOf(backup), whyOf(backup)].filter((part) => part !== '').join(': '),
            backup.metadata.creationTimestamp ?? '',
          ),
        ),
      since: first.metadata.creationTimestamp ?? '',
      because: customOfKind(snapshot, group, 'BackupStorageLocation')
        .filter(({ metadata }) => metadata.namespace === schedule.metadata.namespace && metadata.name === location)
        .map((found) => ({ object: refToCustom(found) })),
    }),
  ];
}

/** The backups of Velero: where they are kept, and whether those of a schedule are made. */
export const velero: Analyzer = {
  name: 'velero',
  codes: [locationUnavailable, backupFailing],
  analyze: (snapshot) => [
    ...customOfKind(snapshot, group, 'BackupStorageLocation').flatMap((location) => checkLocation(snapshot, location)),
    ...customOfKind(snapshot, group, 'Schedule').flatMap((schedule) => checkSchedule(snapshot, schedule)),
  ],
};
