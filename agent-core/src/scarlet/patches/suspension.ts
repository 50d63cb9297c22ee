import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Standing } from '../action.ts';
import { fieldAt, setField } from './field-patch.ts';
import { manifestName } from '../targets/manifest-name.ts';
import { reversePatch } from './reverse-patch.ts';
import { putBack } from '../standing/template-standing.ts';

const path = ['spec', 'suspend'] as const;

export function isSuspended(cronJob: Manifest): boolean {
  return fieldAt(cronJob, path) === true;
}

/** The operations that suspend a CronJob or let it go on, and those that take it back. */
export function suspension(cronJob: Manifest, suspend: boolean): Pick<Draft, 'operations' | 'undo' | 'touches'> {
  const patch = {
    verb: 'patch',
    target: targetOf(cronJob),
    subresource: '',
    steps: [...setField(cronJob, path, suspend)],
  } satisfies ClusterOperation;
  return {
    operations: [patch],
    undo: {
      operations: [reversePatch(patch, cronJob)],
      why: suspend ? 'Resumes it.' : 'Suspends it again; runs that began meanwhile go on.',
    },
    touches: [],
  };
}

export function suspensionStanding(cronJob: Manifest, suspend: boolean): Standing {
  if (isSuspended(cronJob) !== suspend) return putBack(cronJob, `spec.suspend ${suspend}`);
  return { state: 'succeeded', says: `${manifestName(cronJob)} is ${suspend ? 'suspended' : 'not suspended'}.` };
}
