import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { cordonPatch, isCordoned, otherOpenNodes } from '../../patches/cordon-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const node = await liveTarget(target, live);
  const name = refText(target);
  if (isCordoned(node)) return refuse(`${name} is cordoned already.`, 'Nothing is to be done.');
  const patch = cordonPatch(node);
  const others = await otherOpenNodes(node, live);
  return {
    sentences: inThreeTenses(['Cordon', 'Cordoning', 'Cordoned'], `${name}, so that no new pods are put on it`),
    operations: [patch],
    undo: { operations: [reversePatch(patch, node)], why: 'Uncordons it.' },
    touches: [],
    notes:
      others.length === 0
        ? ['No other node is ready and takes pods: new ones would wait.']
        : [`${countText(others.length, 'other node')} ${others.length === 1 ? 'is' : 'are'} ready for new pods.`],
    ...(others.length === 0 ? { risk: 'high' as const } : {}),
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const node = await liveTarget(target, live);
  return isCordoned(node)
    ? { state: 'succeeded', says: `${refText(target)} is cordoned.` }
    : putBack(node, 'spec.unschedulable');
}

export const cordon = action<Params>({
  name: 'cordon',
  title: 'Keep new pods off a node',
  kinds: ['Node'],
  params: Params,
  risk: 'low',
  patience: 60,
  plan,
  verify,
});
