import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { controllerOf } from '../../targets/controller.ts';
import { endingOf } from '../../standing/job-run.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const job = await liveTarget(target, live);
  const name = refText(target);
  const ending = endingOf(job);
  if (ending === undefined) return refuse(`${name} has not finished.`, 'Wait until it is complete or has failed.');
  const owner = controllerOf(job);
  if (owner !== undefined && owner.kind !== 'CronJob') {
    return refuse(
      `${name} belongs to ${refText(owner)}, which may make it anew and run it again.`,
      `Ask for the change of ${refText(owner)}.`,
    );
  }
  return {
    sentences: inThreeTenses(
      ['Delete', 'Deleting', 'Deleted'],
      `${name}, which ${ending === 'complete' ? 'is complete' : 'has failed'}, with its pods and their logs`,
    ),
    operations: [{ verb: 'delete', target: targetOf(job), propagation: 'Background' }],
    undo: { operations: [], why: 'A deleted Job cannot be brought back; making it anew would run it again.' },
    touches: [],
    notes: [
      'The logs of its pods are lost.',
      ...(owner === undefined ? [] : [`It is missing from the history of ${refText(owner)} then.`]),
    ],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const found = await live.cluster.get(target, { signal: live.signal });
  if (found?.metadata['uid'] !== target.uid) return { state: 'succeeded', says: `${refText(target)} is gone.` };
  return { state: 'waiting', says: `${refText(target)} is still there.` };
}

export const deleteFinishedJob = action<Params>({
  name: 'delete-finished-job',
  title: 'Delete a finished Job',
  kinds: ['Job'],
  params: Params,
  risk: 'medium',
  patience: 120,
  plan,
  verify,
});
