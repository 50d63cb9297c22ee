import { z } from 'zod';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { liveApplication, syncsByItself } from '../../targets/argo-application.ts';
import { setField } from '../../patches/field-patch.ts';
import { markOf } from '../../patches/metadata-change.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  hard: z.boolean().optional().describe('render the manifests anew too, without the cache'),
});
type Params = z.infer<typeof Params>;

/** The controller takes it away when it has looked: https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/ */
const annotation = 'argocd.argoproj.io/refresh';

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { object, read, name } = await liveApplication(target, live);
  if (markOf(object, 'annotations', annotation) !== undefined) {
    return refuse(
      `${name} is being refreshed already.`,
      'Wait until that has ended; if it does not, look at the application controller of Argo CD.',
    );
  }
  const steps = setField(object, ['metadata', 'annotations', annotation], params.hard === true ? 'hard' : 'normal');
  return {
    operations: patchAndBack(object, steps, '').operations,
    undo: { operations: [], why: 'A look changes nothing that could be taken back.' },
    sentences: inThreeTenses(
      ['Let', 'Letting', 'Let'],
      `Argo CD compare ${name} with Git again${params.hard === true ? ', without its cache' : ''}`,
    ),
    touches: [],
    notes: syncsByItself(read) ? ['It syncs by itself: what differs from Git is then applied.'] : [],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const { object, read, name } = await liveApplication(target, live);
  if (markOf(object, 'annotations', annotation) !== undefined) {
    return { state: 'waiting', says: `Argo CD has not looked at ${name} yet.` };
  }
  return {
    state: 'succeeded',
    says: `Argo CD has compared ${name}: ${read.status.sync.status || 'Unknown'}, ${read.status.health.status || 'Unknown'}.`,
  };
}

export const argocdRefresh = action<Params>({
  name: 'argocd-refresh',
  title: 'Let Argo CD look at Git again',
  kinds: ['Application'],
  params: Params,
  risk: 'low',
  patience: 180,
  plan,
  verify,
});
