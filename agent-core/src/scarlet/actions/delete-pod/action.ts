import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { action } from '../../action.ts';
import type { Draft, Live, TypedRequest } from '../../action.ts';
import { RemovalParams, checkHeadroom, removal, removalStanding } from '../../standing/pod-removal.ts';
import { inThreeTenses } from '../../sentences.ts';

async function plan({ target, params }: TypedRequest<RemovalParams>, live: Live): Promise<Draft> {
  const going = await removal(target, params, live);
  // A deletion does not ask the budget; so we do.
  checkHeadroom(going);
  return {
    sentences: inThreeTenses(['Delete', 'Deleting', 'Deleted'], refText(target)),
    operations: [{ verb: 'delete', target: targetOf(going.pod), propagation: 'Background' }],
    undo: {
      operations: [],
      why:
        going.controller === undefined
          ? 'A deleted pod cannot be brought back.'
          : 'Nothing need be taken back: its controller makes another.',
    },
    touches: [going.pod],
    notes: going.notes,
    risk: going.controller === undefined ? 'high' : 'medium',
  };
}

export const deletePod = action<RemovalParams>({
  name: 'delete-pod',
  title: 'Delete a pod',
  kinds: ['Pod'],
  params: RemovalParams,
  risk: 'low',
  patience: 300,
  plan,
  verify: async ({ target }, live) => await removalStanding(target, live),
});
