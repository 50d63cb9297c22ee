import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { labelsText } from '../../../reading/selector.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { controllerOf } from '../../targets/controller.ts';
import { differenceSteps } from '../../patches/difference-patch.ts';
import { LabelKey, LabelValue } from '../../targets/label-names.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { podsLabelled } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { readyPods, selectingService, selectorOf, servingStanding } from '../../targets/service-endpoints.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({
  selector: z
    .record(LabelKey, LabelValue)
    .refine((selector) => Object.keys(selector).length > 0, 'has to name a label: an empty one selects nothing')
    .describe('the whole selector as it should be'),
});
type Params = z.infer<typeof Params>;

/** Keys by which a progressive delivery switches its Service itself (https://argo-rollouts.readthedocs.io/en/stable/architecture/). */
const switched = 'rollouts-pod-template-hash';

/** Controllers of the pods, each once: more than one is mostly a selector that is too wide. */
function ownersOf(pods: readonly Manifest[]): readonly string[] {
  return [...new Set(pods.flatMap((pod) => controllerOf(pod) ?? []).map((owner) => owner.uid))];
}

interface Reach {
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
}

function lostBy({ before, after }: Reach): readonly Manifest[] {
  const kept = new Set(after.map((pod) => pod.metadata.name));
  return before.filter((pod) => !kept.has(pod.metadata.name));
}

function checkReach({ before, after }: Reach, name: string, wanted: string, namespace: string): void {
  if (after.length === 0) {
    refuse(
      `No pod of namespace ${namespace} has ${wanted}: ${name} would select nothing.`,
      'Choose labels that the pods have.',
    );
  }
  const ready = readyPods(before).length;
  if (ready > 0 && readyPods(after).length === 0) {
    refuse(
      `${name} sends to ${countText(ready, 'ready pod')} now; none that has ${wanted} is ready.`,
      'Get those pods ready first.',
    );
  }
}

function notesOf(reach: Reach): readonly string[] {
  const lost = lostBy(reach);
  const owners = ownersOf(reach.after);
  return [
    `It will select ${countText(reach.after.length, 'pod')}, ${readyPods(reach.after).length} of them ready.`,
    ...(lost.length === 0
      ? []
      : [
          `${nameList(lost.map((pod) => pod.metadata.name))} ${lost.length === 1 ? 'gets' : 'get'} nothing from it any more.`,
        ]),
    ...(owners.length > 1 ? [`The pods belong to ${owners.length} controllers: see that all of them are meant.`] : []),
  ];
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const service = await selectingService(target, live);
  const name = refText(target);
  const present = selectorOf(service);
  const wanted = labelsText(params.selector);
  if (canonicalJson(present) === canonicalJson(params.selector)) {
    return refuse(`${name} selects ${wanted} already.`, 'Nothing is to be done.');
  }
  if (present[switched] !== undefined) {
    return refuse(`Argo Rollouts switches ${name} by its selector (${switched}).`, 'Change the Rollout instead.');
  }
  const reach = {
    before: await podsLabelled(present, target.namespace, live),
    after: await podsLabelled(params.selector, target.namespace, live),
  };
  checkReach(reach, name, wanted, target.namespace);
  const lost = lostBy(reach);
  return {
    ...patchAndBack(
      service,
      differenceSteps(service, ['spec', 'selector'], params.selector),
      `Selects ${labelsText(present)} again.`,
    ),
    sentences: inThreeTenses(['Let', 'Letting', 'Let'], `${name} select ${wanted} instead of ${labelsText(present)}`),
    touches: lost,
    notes: notesOf(reach),
    ...(lost.length > 0 ? { risk: 'high' as const } : {}),
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const service = await selectingService(target, live);
  if (canonicalJson(selectorOf(service)) !== canonicalJson(params.selector)) {
    return putBack(service, `the selector ${labelsText(params.selector)}`);
  }
  return await servingStanding(service, live);
}

export const patchServiceSelector = action<Params>({
  name: 'patch-service-selector',
  title: 'Correct what a Service selects',
  kinds: ['Service'],
  params: Params,
  risk: 'medium',
  patience: 120,
  plan,
  verify,
});
