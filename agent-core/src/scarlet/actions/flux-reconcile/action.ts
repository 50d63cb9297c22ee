import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { setField } from '../../patches/field-patch.ts';
import { fluxKinds, isSuspended, liveFlux, readFlux, readyStanding } from '../../targets/flux-object.ts';
import { markOf } from '../../patches/metadata-change.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

/** What `flux reconcile` sets; the controller repeats its value in its status when it has begun. */
const annotation = 'reconcile.fluxcd.io/requestedAt';

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const object = await liveFlux(target, live);
  const name = refText(target);
  if (isSuspended(object)) return refuse(`${name} is suspended: Flux does not reconcile it.`, 'Resume it first.');
  const asked = markOf(object, 'annotations', annotation);
  if (asked !== undefined && asked !== readFlux(object).status.lastHandledReconcileAt) {
    return refuse(
      `${name} has been asked to reconcile already, and has not begun.`,
      'Look at its controller, if it does not begin.',
    );
  }
  const steps = setField(object, ['metadata', 'annotations', annotation], new Date(live.now).toISOString());
  return {
    operations: patchAndBack(object, steps, '').operations,
    undo: { operations: [], why: 'Flux does what it would do by itself a little later.' },
    sentences: inThreeTenses(['Let', 'Letting', 'Let'], `Flux reconcile ${name} now`),
    touches: [],
    notes: ['What differs from the source is applied; which objects that is, only Flux knows.'],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await liveFlux(target, live);
  const asked = markOf(object, 'annotations', annotation);
  if (isSuspended(object)) return { state: 'failed', says: `${refText(target)} was suspended.` };
  if (asked === undefined) {
    return { state: 'failed', says: `${refText(target)} does not show that it was asked: something took that away.` };
  }
  if (readFlux(object).status.lastHandledReconcileAt !== asked) {
    return { state: 'waiting', says: `Flux has not begun to reconcile ${refText(target)}.` };
  }
  return readyStanding(object);
}

export const fluxReconcile = action<Params>({
  name: 'flux-reconcile',
  title: 'Let Flux reconcile now',
  kinds: fluxKinds,
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
