import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { setField } from '../../patches/field-patch.ts';
import { fluxKinds, isSuspended, liveFlux, readyStanding } from '../../targets/flux-object.ts';
import { reachOfFlux } from '../../targets/flux-reach.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const object = await liveFlux(target, live);
  const name = refText(target);
  if (!isSuspended(object)) return refuse(`${name} is not suspended.`, 'Nothing is to be done.');
  return {
    ...patchAndBack(
      object,
      setField(object, ['spec', 'suspend'], false),
      'Suspends it again; what was applied meanwhile stays.',
    ),
    sentences: inThreeTenses(['Resume', 'Resuming', 'Resumed'], `${name}, so that Flux applies what its source says`),
    touches: [],
    ...reachOfFlux(object),
    notes: ['Flux reconciles it at once: what was changed by hand meanwhile is put back.'],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await liveFlux(target, live);
  return isSuspended(object) ? putBack(object, 'spec.suspend false') : readyStanding(object);
}

export const fluxResume = action<Params>({
  name: 'flux-resume',
  title: 'Resume what Flux keeps',
  kinds: fluxKinds,
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
