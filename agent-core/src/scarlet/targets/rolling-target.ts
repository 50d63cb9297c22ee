import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Live } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';
import { liveTarget } from './live-target.ts';
import { refuse } from '../refusal.ts';

/** A workload whose template change takes effect by itself. Refused where it would not: paused, or replaced by hand only. */
export async function rollingTarget(target: ObjectRef, live: Live): Promise<Manifest> {
  const workload = await liveTarget(target, live);
  if (workload.kind === 'Deployment' && fieldAt(workload, ['spec', 'paused']) === true) {
    return refuse(
      `The rollout of ${refText(target)} is paused: a change of its template would not take effect.`,
      'Resume the rollout first.',
    );
  }
  if (fieldAt(workload, ['spec', 'updateStrategy', 'type']) === 'OnDelete') {
    return refuse(
      `${refText(target)} replaces its pods only when somebody deletes them (updateStrategy OnDelete).`,
      'Change its manifest, then delete its pods one by one.',
    );
  }
  return workload;
}
