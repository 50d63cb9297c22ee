import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { Incident, TimelineRow } from '@autodevops/domain/incident/incident';

/** What became of a change: who asked for it, who agreed, and how it ended. */
function changeRows({
  id,
  requester,
  plan,
  approvals,
  state,
  says,
  createdAt,
  updatedAt,
}: Change): readonly TimelineRow[] {
  const will = plan.actions[0]?.sentences.will ?? '';
  const row = (type: string, time: string, source: string, sentence: string): TimelineRow => ({
    number: 0,
    type,
    time,
    source,
    says: sentence,
  });
  return [
    row('change-proposed', createdAt, requester.name, `Proposed ${id}: ${will}`),
    ...approvals.map(({ actor, time }) => row('change-agreed', time, actor.name, `Agreed to ${id}.`)),
    ...(finalStates.includes(state) ? [row('change-ended', updatedAt, 'Scarlet', `${id} ${state}: ${says}`)] : []),
  ];
}

/** An entry that says no more than that there is this change. */
function onlyNames({ type, says }: TimelineRow, changes: readonly Change[]): boolean {
  return (type === 'linked' || type === 'fix-sought') && changes.some(({ id }) => says.includes(id));
}

/** The incident's own facts and those of the changes that were made for it, by time; the newest where there are too many. */
export function timelineWith(
  { timeline }: Pick<Incident, 'timeline'>,
  changes: readonly Change[],
): readonly TimelineRow[] {
  const all = [...timeline.filter((row) => !onlyNames(row, changes)), ...changes.flatMap(changeRows)];
  return all.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time)).slice(-incidentBounds.timeline);
}
