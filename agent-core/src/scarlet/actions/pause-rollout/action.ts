import { z } from 'zod';
import type { ClusterOperation } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { rolloutStanding } from '../../standing/rollout-standing.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const deployment = await liveTarget(target, live);
  const name = refText(target);
  if (fieldAt(deployment, ['spec', 'paused']) === true) {
    return refuse(`The rollout of ${name} is paused already.`, 'Nothing is to be done.');
  }
  const patch = {
    verb: 'patch',
    target: targetOf(deployment),
    subresource: '',
    steps: [...setField(deployment, ['spec', 'paused'], true)],
  } satisfies ClusterOperation;
  const moving = rolloutStanding(deployment);
  return {
    sentences: inThreeTenses(['Pause', 'Pausing', 'Paused'], `the rollout of ${name}`),
    operations: [patch],
    undo: { operations: [reversePatch(patch, deployment)], why: 'Resumes the rollout.' },
    touches: [],
    notes:
      moving.state === 'succeeded'
        ? ['Later changes of its template wait until it is resumed.']
        : [`It stops where it is: ${moving.says}`],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const deployment = await liveTarget(target, live);
  if (fieldAt(deployment, ['spec', 'paused']) !== true) return putBack(deployment, 'spec.paused');
  const seen =
    Number(fieldAt(deployment, ['status', 'observedGeneration']) ?? 0) >=
    Number(fieldAt(deployment, ['metadata', 'generation']) ?? 0);
  return seen
    ? { state: 'succeeded', says: `The rollout of ${refText(target)} is paused.` }
    : { state: 'waiting', says: `${refText(target)} has not been looked at by its controller yet.` };
}

export const pauseRollout = action<Params>({
  name: 'pause-rollout',
  title: 'Pause a rollout',
  kinds: ['Deployment'],
  params: Params,
  risk: 'low',
  patience: 60,
  toldBy: ['workload.rollout-paused'],
  plan,
  verify,
});
