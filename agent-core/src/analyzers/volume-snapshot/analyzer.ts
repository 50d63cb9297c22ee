import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { flagAt, textAt } from '../../reading/json-value.ts';
import { ageOf } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import type { Analyzer } from '../analyzer.ts';
import { failed, notTakenUp } from './codes.ts';

const patience = 2 * 60_000;

function check(snapshot: Snapshot, object: CustomObject): readonly Finding[] {
  const message = textAt(object.status, 'error', 'message');
  const age = ageOf(snapshot, object.metadata.creationTimestamp) ?? Infinity;
  // The error of an earlier try stays in the status of one that succeeded.
  if (
    message === '' ||
    flagAt(object.status, 'readyToUse') === true ||
    age < patience ||
    object.metadata.deletionTimestamp !== undefined
  ) {
    return [];
  }
  const ref = refToCustom(object);
  const claim = textAt(object.spec, 'source', 'persistentVolumeClaimName');
  const className = textAt(object.spec, 'volumeSnapshotClassName');
  return [
    finding(failed, {
      object: ref,
      cause: `${refText(ref)}${claim === '' ? '' : ` of claim "${claim}"`} cannot be taken: ${rootError(message)}.`,
      since: object.metadata.creationTimestamp ?? '',
      evidence: [
        fromStatus(ref, 'status.error.message', message, textAt(object.status, 'error', 'time')),
        ...(className === '' ? [] : [fromSpec(ref, 'spec.volumeSnapshotClassName', className)]),
      ],
      because:
        claim === ''
          ? []
          : [{ object: refByName('PersistentVolumeClaim', object.metadata.namespace, claim), codes: ['storage.'] }],
    }),
  ];
}

const silence = 15 * 60_000;

/** Without a word in its status nobody has looked at it: whoever judges a snapshot writes there first. */
function checkTakenUp(snapshot: Snapshot, objects: readonly CustomObject[]): readonly Finding[] {
  const waiting = objects.filter(({ metadata, status }) => {
    const isBlank =
      status === undefined || status === null || (typeof status === 'object' && Object.keys(status).length === 0);
    return (
      isBlank &&
      metadata.deletionTimestamp === undefined &&
      (ageOf(snapshot, metadata.creationTimestamp) ?? 0) >= silence
    );
  });
  return waiting.map((object) => {
    const ref = refToCustom(object);
    const since = object.metadata.creationTimestamp ?? '';
    return finding(notTakenUp, {
      object: ref,
      cause: `${refText(ref)} has waited ${formatDuration(ageOf(snapshot, since) ?? 0)} for a snapshot controller, and none has written into its status.`,
      since,
      evidence: [fromStatus(ref, 'status', '{}')],
      sharedWith: 'no controller',
    });
  });
}

/** Snapshots of volumes, as the snapshot controller and the drivers judge them. */
export const volumeSnapshot: Analyzer = {
  name: 'volume-snapshot',
  codes: [failed, notTakenUp],
  analyze: (snapshot) => {
    const objects = customOfKind(snapshot, 'snapshot.storage.k8s.io', 'VolumeSnapshot');
    return [...objects.flatMap((object) => check(snapshot, object)), ...checkTakenUp(snapshot, objects)];
  },
};
