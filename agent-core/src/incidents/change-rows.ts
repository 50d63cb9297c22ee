import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import type { TimelineRow } from '@autodevops/domain/incident/incident';

/** A fact of a change, in the words of a timeline. */
export type ChangeRow = Pick<TimelineRow, 'time' | 'source' | 'says'>;

/** What became of a change: who asked for it, who agreed, and how it ended. */
export function changeRows({ id, requester, plan, approvals, state, says, createdAt, updatedAt }: Change): readonly ChangeRow[] {
  const will = plan.actions[0]?.sentences.will ?? '';
  return [
    { time: createdAt, source: requester.name, says: `Proposed ${id}: ${will}` },
    ...approvals.map(({ actor, time }) => ({ time, source: actor.name, says: `Agreed to ${id}.` })),
    ...(finalStates.includes(state) ? [{ time: updatedAt, source: 'Scarlet', says: `${id} ${state}: ${says}` }] : []),
  ];
}
