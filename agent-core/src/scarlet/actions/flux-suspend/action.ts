import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { setField } from '../../patches/field-patch.ts';
import { fluxKinds, isSuspended, liveFlux } from '../../targets/flux-object.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const object = await liveFlux(target, live);
  const name = refText(target);
  if (isSuspended(object)) return refuse(`${name} is suspended already.`, 'Nothing is to be done.');
  return {
    ...patchAndBack(object, setField(object, ['spec', 'suspend'], true), 'Lets Flux go on.'),
    sentences: inThreeTenses(
      ['Suspend', 'Suspending', 'Suspended'],
      `${name}, so that Flux leaves what it keeps as it is`,
    ),
    touches: [],
    // What it keeps stays as it is.
    reaches: [],
    notes: [
      'Until it is resumed, what changes in the source does not reach the cluster, and nobody puts back what is changed by hand.',
    ],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await liveFlux(target, live);
  return isSuspended(object)
    ? { state: 'succeeded', says: `${refText(target)} is suspended.` }
    : putBack(object, 'spec.suspend true');
}

export const fluxSuspend = action<Params>({
  name: 'flux-suspend',
  title: 'Suspend what Flux keeps',
  kinds: fluxKinds,
  params: Params,
  risk: 'medium',
  patience: 60,
  plan,
  verify,
});
