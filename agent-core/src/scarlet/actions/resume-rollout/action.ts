import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt, removeField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { rolloutStanding } from '../../standing/rollout-standing.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const deployment = await liveTarget(target, live);
  const name = refText(target);
  if (fieldAt(deployment, ['spec', 'paused']) !== true) {
    return refuse(`The rollout of ${name} is not paused.`, 'Nothing is to be done.');
  }
  const replicas = Number(fieldAt(deployment, ['spec', 'replicas']) ?? 1);
  const pending = Math.max(0, replicas - Number(fieldAt(deployment, ['status', 'updatedReplicas']) ?? 0));
  const draft = await templateChange(
    deployment,
    {
      // The server leaves a false one out: removed, it reads the same before and after.
      steps: removeField(deployment, ['spec', 'paused']),
      sentences: inThreeTenses(['Resume', 'Resuming', 'Resumed'], `the rollout of ${name}`),
      back: 'Pauses the rollout again; pods that were replaced stay so.',
      notes:
        pending === 0
          ? []
          : [`The template changed while it was paused: ${countText(pending, 'pod')} will be replaced.`],
    },
    live,
  );
  return pending === 0 ? { ...draft, touches: [], atOnce: 0 } : draft;
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const deployment = await liveTarget(target, live);
  if (fieldAt(deployment, ['spec', 'paused']) === true) return putBack(deployment, 'a rollout that goes on');
  return rolloutStanding(deployment);
}

export const resumeRollout = action<Params>({
  name: 'resume-rollout',
  title: 'Resume a rollout',
  kinds: ['Deployment'],
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
