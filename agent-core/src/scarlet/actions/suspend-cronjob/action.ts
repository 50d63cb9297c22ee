import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, TypedRequest } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { isSuspended, suspension, suspensionStanding } from '../../patches/suspension.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const cronJob = await liveTarget(target, live);
  const name = refText(target);
  if (isSuspended(cronJob)) return refuse(`${name} is suspended already.`, 'Nothing is to be done.');
  const active = fieldAt(cronJob, ['status', 'active']);
  const running = Array.isArray(active) ? active.length : 0;
  return {
    ...suspension(cronJob, true),
    sentences: inThreeTenses(['Suspend', 'Suspending', 'Suspended'], `${name}, so that no new runs begin`),
    notes:
      running === 0
        ? []
        : [
            `${countText(running, 'run')} that ${running === 1 ? 'has' : 'have'} begun ${running === 1 ? 'goes' : 'go'} on.`,
          ],
  };
}

export const suspendCronJob = action<Params>({
  name: 'suspend-cronjob',
  title: 'Suspend a CronJob',
  kinds: ['CronJob'],
  params: Params,
  risk: 'medium',
  patience: 60,
  plan,
  verify: async ({ target }, live) => suspensionStanding(await liveTarget(target, live), true),
});
