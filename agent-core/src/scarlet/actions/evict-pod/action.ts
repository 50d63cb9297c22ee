import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { action } from '../../action.ts';
import type { Draft, Live, TypedRequest } from '../../action.ts';
import { headroomText } from '../../standing/disruption-budgets.ts';
import { RemovalParams, checkHeadroom, checkOneBudget, removal, removalStanding } from '../../standing/pod-removal.ts';
import { inThreeTenses } from '../../sentences.ts';

async function plan({ target, params }: TypedRequest<RemovalParams>, live: Live): Promise<Draft> {
  const going = await removal(target, params, live);
  checkOneBudget(going);
  checkHeadroom(going);
  return {
    sentences: inThreeTenses(['Evict', 'Evicting', 'Evicted'], `${refText(target)}, as its PodDisruptionBudget allows`),
    operations: [{ verb: 'evict', target: targetOf(going.pod) }],
    undo: {
      operations: [],
      why:
        going.controller === undefined
          ? 'An evicted pod cannot be brought back.'
          : 'Nothing need be taken back: its controller makes another.',
    },
    touches: [going.pod],
    notes: [...going.notes, ...going.budgets.map(headroomText)],
    ...(going.controller === undefined ? { risk: 'high' as const } : {}),
  };
}

export const evictPod = action<RemovalParams>({
  name: 'evict-pod',
  title: 'Evict a pod',
  kinds: ['Pod'],
  params: RemovalParams,
  risk: 'low',
  patience: 300,
  plan,
  verify: async ({ target }, live) => await removalStanding(target, live),
});
