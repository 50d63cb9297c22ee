import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, TypedRequest } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { isSuspended, suspension, suspensionStanding } from '../../patches/suspension.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const cronJob = await liveTarget(target, live);
  const name = refText(target);
  if (!isSuspended(cronJob)) return refuse(`${name} is not suspended.`, 'Nothing is to be done.');
  // https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension
  const deadline = fieldAt(cronJob, ['spec', 'startingDeadlineSeconds']);
  return {
    ...suspension(cronJob, false),
    sentences: inThreeTenses(['Resume', 'Resuming', 'Resumed'], `${name}, so that it runs by its schedule again`),
    notes:
      deadline === undefined
        ? ['It has no startingDeadlineSeconds: a run that was missed meanwhile begins at once.']
        : [`A run that was missed in the last ${String(deadline)} seconds begins at once.`],
  };
}

export const resumeCronJob = action<Params>({
  name: 'resume-cronjob',
  title: 'Resume a CronJob',
  kinds: ['CronJob'],
  params: Params,
  risk: 'medium',
  // What a run of it mends is mended only when one has begun, and has done its work.
  patience: 300,
  plan,
  verify: async ({ target }, live) => suspensionStanding(await liveTarget(target, live), false),
});
