import { z } from 'zod';
import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { remakerOf } from '../../targets/controller.ts';
import { cordonPatch, isCordoned } from '../../patches/cordon-patch.ts';
import { budgetsOver, headroomText } from '../../standing/disruption-budgets.ts';
import type { Budget } from '../../standing/disruption-budgets.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { placementElsewhere } from '../../standing/placement.ts';
import type { Placement } from '../../standing/placement.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';
import { hasScratch, podsOnNode, sortedOut } from './leaving-pods.ts';

const Params = z.strictObject({
  withoutController: z.boolean().optional().describe('evict also pods that nothing makes anew'),
  deleteEmptyDirData: z.boolean().optional().describe('evict also pods with emptyDir volumes, whose content is lost'),
});
type Params = z.infer<typeof Params>;

function podName(pod: Manifest): string {
  return `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
}

async function checkPods(leaving: readonly Manifest[], params: Params, live: Live): Promise<void> {
  const remakers = await Promise.all(leaving.map(async (pod) => await remakerOf(pod, live)));
  const alone = leaving.filter((_pod, index) => remakers[index] === undefined);
  if (alone.length > 0 && params.withoutController !== true) {
    refuse(
      `Nothing would make these pods anew: ${nameList(alone.map(podName))}.`,
      'Say withoutController if they are to go for ever.',
    );
  }
  const scratch = leaving.filter(hasScratch);
  if (scratch.length > 0 && params.deleteEmptyDirData !== true) {
    refuse(
      `These pods keep data in emptyDir volumes, which is lost when they leave: ${nameList(scratch.map(podName))}.`,
      'Say deleteEmptyDirData if it may be lost.',
    );
  }
}

function checkBudgets(leaving: readonly Manifest[], budgets: readonly Budget[]): void {
  const twice = leaving.filter((pod) => budgets.filter((budget) => budget.covers.includes(pod)).length > 1);
  if (twice.length > 0) {
    refuse(
      `The server evicts no pod that is under several PodDisruptionBudgets: ${nameList(twice.map(podName))}.`,
      'Narrow their selectors, so that one of them covers each pod.',
    );
  }
}

function placeText({ fit, homeless }: Placement): readonly string[] {
  if (fit + homeless.length === 0) return [];
  if (homeless.length === 0) {
    return [fit === 1 ? 'Its pod finds a place on another node.' : `All ${fit} pods find a place on other nodes.`];
  }
  return [
    `${homeless.length} of ${fit + homeless.length} pods find no place on another node now: ${nameList(homeless)}.`,
  ];
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const node = await liveTarget(target, live);
  const name = refText(target);
  const all = await live.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: '' }, { signal: live.signal });
  const { leaving, ending, staying } = sortedOut(await podsOnNode(target.name, live));
  if (isCordoned(node) && leaving.length === 0) {
    return refuse(`${name} is cordoned, and nothing on it is to be evicted.`, 'Nothing is to be done.');
  }
  await checkPods(leaving, params, live);
  const budgets = await budgetsOver(leaving, live);
  checkBudgets(leaving, budgets);
  const placement = await placementElsewhere(leaving, node, all, live);
  const cordon = isCordoned(node) ? [] : [cordonPatch(node)];
  const evictions = leaving.map((pod): Operation => ({ verb: 'evict', target: targetOf(pod) }));
  const blocked = budgets.some((budget) => budget.allowed === 0);
  return {
    sentences: inThreeTenses(
      ['Drain', 'Draining', 'Drained'],
      `${name}: ${cordon.length > 0 ? 'cordon it, then ' : ''}evict ${countText(leaving.length, 'pod')}${leaving.length === 0 ? '' : ` (${nameList(leaving.map(podName), 6)})`}`,
    ),
    operations: [...cordon, ...evictions],
    undo: {
      operations: cordon.map((patch) => reversePatch(patch, node)),
      why:
        cordon.length > 0
          ? 'Uncordons the node; the evicted pods stay where they are then.'
          : 'It was cordoned before and stays so; the evicted pods stay where they are then.',
    },
    touches: leaving,
    notes: [
      ...placeText(placement),
      ...budgets.map(headroomText),
      ...(ending.length === 0
        ? []
        : [`${countText(ending.length, 'pod')} on it ${ending.length === 1 ? 'is' : 'are'} ending already.`]),
      ...(staying.length === 0
        ? []
        : [
            `${countText(staying.length, 'pod')} of DaemonSets or of the node itself ${staying.length === 1 ? 'stays' : 'stay'}.`,
          ]),
    ],
    ...(placement.homeless.length > 0 ||
    blocked ||
    params.withoutController === true ||
    params.deleteEmptyDirData === true
      ? { risk: 'high' as const }
      : {}),
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const node = await liveTarget(target, live);
  if (!isCordoned(node)) return putBack(node, 'spec.unschedulable');
  const { leaving, ending } = sortedOut(await podsOnNode(target.name, live));
  const left = [...leaving, ...ending];
  if (left.length === 0) return { state: 'succeeded', says: `${refText(target)} is cordoned and empty.` };
  return {
    state: 'waiting',
    says: `${countText(left.length, 'pod')} still on ${refText(target)}: ${nameList(left.map(podName))}.`,
  };
}

export const drain = action<Params>({
  name: 'drain',
  title: 'Drain a node',
  kinds: ['Node'],
  params: Params,
  risk: 'medium',
  patience: 1800,
  plan,
  verify,
});
