import type { Actor } from '@autodevops/domain/change/actor';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { timeOf } from '../../changes/surroundings.ts';
import type { AlertGroup } from './alert-group.ts';
import type { IncidentBoard } from '../incident-board.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { mergingOf } from '../merging.ts';
import { hasEnded, placeOf } from './placement.ts';

/** A group of alerts, and who tells of it. */
export interface Notice {
  readonly group: AlertGroup;
  readonly actor: Actor;
}

export interface Received {
  /** Undefined: the notice is about nothing that is or becomes an incident. */
  readonly incident: Incident | undefined;
  /** Whether alerts fire that were not known: they want a diagnosis. */
  readonly isNews: boolean;
}

/** When it is told, and by whom. */
type Told = Pick<IncidentEvent, 'time' | 'actor'>;

function told({ groupKey, alerts, left }: AlertGroup, at: Told): IncidentEvent {
  return { type: 'alerts-told', ...at, groupKey, alerts: [...alerts], left };
}

function opened({ groupKey, alerts, title, severity }: AlertGroup, id: string, at: Told): IncidentEvent {
  return {
    type: 'opened',
    ...at,
    idempotencyKey: `alerts ${id}`,
    origin: 'alert',
    title,
    severity,
    groupKey,
    causes: [],
    alerts: [...alerts],
  };
}

/** Nothing that is said again is written again. */
function tellsNothing({ alerts, groupKeys }: Incident, { groupKey, alerts: news }: AlertGroup): boolean {
  const known = new Map(alerts.map(({ fingerprint, state, startsAt }) => [fingerprint, `${state} ${startsAt}`]));
  return (
    groupKeys.includes(groupKey) &&
    news.every(({ fingerprint, state, startsAt }) => known.get(fingerprint) === `${state} ${startsAt}`)
  );
}

function hasNews({ alerts }: Incident, { alerts: news }: AlertGroup): boolean {
  const firing = new Set(alerts.filter(({ state }) => state === 'firing').map(({ fingerprint }) => fingerprint));
  return news.some(({ state, fingerprint }) => state === 'firing' && !firing.has(fingerprint));
}

/**
 * Decides what a notice makes of the incidents on the board: it opens one, joins the one that it belongs to, opens one
 * again that was over, or resolves it with its last alert. Said again it changes nothing.
 */
export function takeNotice(
  { group, actor }: Notice,
  board: IncidentBoard,
  desk: Pick<IncidentDesk, 'rules' | 'clock' | 'newId' | 'jamie'>,
): Received {
  const at = { time: timeOf(desk.clock), actor };
  const all = board.all();
  const place = placeOf(group, all, desk.rules, desk.clock.now());
  if (place.kind === 'nothing') return { incident: undefined, isNews: false };
  if (place.kind === 'new') {
    const id = desk.newId();
    return { incident: board.decide(id, [opened(group, id, at)]), isNews: true };
  }
  const before = board.at(place.id);
  if (place.kind === 'known' && tellsNothing(before, group)) return { incident: before, isNews: false };
  const again: readonly IncidentEvent[] =
    place.kind === 'returned' ? [{ type: 'reopened', ...at, why: `${group.title} fires again.` }] : [];
  let incident = board.decide(before.id, [...again, told(group, at)]);
  if (hasEnded(incident)) {
    incident = board.decide(before.id, [{ type: 'resolved', ...at, why: 'No alert fires any more.' }]);
  }
  for (const id of place.kind === 'storm' ? place.absorbs : []) {
    const { absorbed, merged } = mergingOf(incident, board.at(id), 'Many alerts at once are one incident.', desk);
    incident = board.decide(incident.id, [absorbed]);
    board.decide(id, [merged]);
  }
  return { incident, isNews: hasNews(before, group) };
}
