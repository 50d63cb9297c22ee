import type { Actor } from '@autodevops/domain/change/actor';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { timeOf } from '../changes/surroundings.ts';
import type { AlertGroup } from './alert-group.ts';
import { alone } from './incident-desk.ts';
import type { Fence, IncidentDesk } from './incident-desk.ts';
import { appendIncidentEvents, ongoingIncidents, presentIncidents } from './incident-journal.ts';
import { mergeInto } from './merging.ts';
import { hasEnded, placeOf } from './placement.ts';
import type { Place } from './placement.ts';
import { applyIncidentEvent } from './incident-state.ts';

interface Received {
  /** Undefined: the notice is about nothing that is or becomes an incident. */
  readonly incident: Incident | undefined;
  /** Whether alerts fire that were not known: they want a diagnosis. */
  readonly isNews: boolean;
}

interface Notice {
  readonly group: AlertGroup;
  readonly actor: Actor;
  readonly time: string;
}

function told({ group: { groupKey, alerts, left }, actor, time }: Notice): IncidentEvent {
  return { type: 'alerts-told', time, actor, groupKey, alerts: [...alerts], left };
}

function opened({ group, actor, time }: Notice, id: string): IncidentEvent {
  const { groupKey, alerts, title, severity } = group;
  return { type: 'opened', time, actor, idempotencyKey: `alerts ${id}`, origin: 'alert', title, severity, groupKey, causes: [], alerts: [...alerts] };
}

function eventsFor(place: Place, notice: Notice): readonly IncidentEvent[] {
  const { time, actor, group } = notice;
  const { title } = group;
  return place.kind === 'returned' ? [{ type: 'reopened', time, actor, why: `${title} fires again.` }, told(notice)] : [told(notice)];
}

/** Nothing that is said again is written again. */
function tellsNothing({ alerts, groupKeys }: Incident, { groupKey, alerts: news }: AlertGroup): boolean {
  const known = new Map(alerts.map(({ fingerprint, state, startsAt }) => [fingerprint, `${state} ${startsAt}`]));
  return groupKeys.includes(groupKey) && news.every(({ fingerprint, state, startsAt }) => known.get(fingerprint) === `${state} ${startsAt}`);
}

/** What ends with the last alert is resolved by it. */
function withEnd(before: Incident, events: readonly IncidentEvent[], { actor, time }: Notice): readonly IncidentEvent[] {
  let after: Incident | undefined = before;
  for (const event of events) {
    const applied = applyIncidentEvent(after, before.id, event);
    after = 'incident' in applied ? applied.incident : after;
  }
  return hasEnded(after) ? [...events, { type: 'resolved', time, actor, why: 'No alert fires any more.' }] : events;
}

async function placed(notice: Notice, fence: Fence, desk: IncidentDesk): Promise<Received> {
  const { store: { incidents: journal }, rules, clock } = desk;
  const { group } = notice;
  const ongoing = await ongoingIncidents(journal);
  const known = ongoing.some(({ groupKeys }) => groupKeys.includes(group.groupKey));
  const all = known ? ongoing : await presentIncidents(journal);
  const place = placeOf(group, all, rules, clock.now());
  if (place.kind === 'nothing') return { incident: undefined, isNews: false };
  if (place.kind === 'new') {
    const id = desk.newId();
    return { incident: await appendIncidentEvents(journal, { id, before: undefined, events: [opened(notice, id)], fence }), isNews: true };
  }
  const before = all.find(({ id }) => id === place.id);
  if (before === undefined) throw new TypeError('An incident was placed that is not there.');
  if (place.kind === 'known' && tellsNothing(before, group)) return { incident: before, isNews: false };
  const isNews = group.alerts.some(({ state, fingerprint }) => state === 'firing' && !before.alerts.some((alert) => alert.fingerprint === fingerprint && alert.state === 'firing'));
  let incident = await appendIncidentEvents(journal, { id: before.id, before, events: withEnd(before, eventsFor(place, notice), notice), fence });
  for (const id of place.kind === 'storm' ? place.absorbs : []) {
    const other = all.find((one) => one.id === id);
    if (other !== undefined) incident = await mergeInto(incident, other, { why: 'Many alerts at once are one incident.', fence }, desk);
  }
  return { incident, isNews };
}

/**
 * Takes a notice: it opens an incident, joins the one that it belongs to, opens one again that was over, or resolves it
 * with its last alert. What it says is kept when this returns. Throws errors of the store; sent again it changes nothing.
 */
export async function receiveAlerts(group: AlertGroup, actor: Actor, signal: AbortSignal, desk: IncidentDesk): Promise<Received> {
  if (group.alerts.length === 0) return { incident: undefined, isNews: false };
  return await alone(desk, signal, async (fence) => await placed({ group, actor, time: timeOf(desk.clock) }, fence, desk));
}
