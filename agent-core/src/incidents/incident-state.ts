import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Incident, IncidentState } from '@autodevops/domain/incident/incident';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { eventSentence } from './telling/event-sentence.ts';
import { heard } from './heard.ts';
import { metricsAfter } from './telling/metrics.ts';
import { transition } from './incident-transition.ts';
import type { EventOf, LaterEvent, Next } from './incident-transition.ts';

/** What an event makes of an incident, or why it cannot be. */
export type Applied = { readonly incident: Incident } | { readonly refused: string };

const ongoing: readonly IncidentState[] = ['open', 'investigating', 'mitigating', 'monitoring'];
const over: readonly IncidentState[] = ['resolved', 'reviewed'];
const both = [...ongoing, ...over];

/** In which states an event can happen. Nothing happens to an incident that became part of another. */
const allowed: Readonly<Record<LaterEvent['type'], readonly IncidentState[]>> = {
  'alerts-told': ongoing,
  reopened: over,
  diagnosed: ongoing,
  'fix-sought': ongoing,
  'cause-gone': ongoing,
  merged: ongoing,
  absorbed: ongoing,
  assigned: ongoing,
  'severity-set': both,
  'state-set': ongoing,
  said: both,
  linked: both,
  'task-added': both,
  'task-done': both,
  acknowledged: ongoing,
  escalated: ['open'],
  silenced: ongoing,
  unsilenced: ongoing,
  'update-due': ongoing,
  'customers-told': both,
  'services-set': both,
  resolved: ongoing,
  reviewed: ['resolved'],
};

function begin(id: string, event: EventOf<'opened'>): Incident {
  const { time, title, severity, origin, groupKey, causes, alerts } = event;
  return {
    id,
    state: 'open',
    title,
    severity,
    origin,
    openedAt: time,
    updatedAt: time,
    resolvedAt: '',
    groupKeys: groupKey === '' ? [] : [groupKey],
    alerts,
    alertsLeft: 0,
    causes,
    causesSeen: causes.map(({ key }) => key),
    goneCauses: [],
    summary: '',
    responders: [],
    tasks: [],
    links: [],
    mergedInto: '',
    returns: 0,
    ongoingSince: time,
    lastWordAt: time,
    metrics: causes.length > 0 ? { toCause: 0 } : {},
    timeline: [],
    sequence: 0,
  };
}

function recorded(incident: Incident, event: IncidentEvent): Incident {
  const sequence = incident.sequence + 1;
  const row = {
    number: sequence,
    type: event.type,
    time: event.time,
    source: event.actor.name,
    says: eventSentence(event),
  };
  return {
    ...incident,
    updatedAt: event.time,
    sequence,
    timeline: [...incident.timeline, row].slice(-incidentBounds.timeline),
  };
}

function changed(incident: Incident, next: Next): Incident {
  const known = Object.entries({ ...incident, ...next }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as Incident;
}

/** The next state of an incident, from nothing but its events. Every event in every state has an answer. */
export function applyIncidentEvent(incident: Incident | undefined, id: string, event: IncidentEvent): Applied {
  if (event.type === 'opened') {
    return incident === undefined
      ? { incident: recorded(begin(id, event), event) }
      : { refused: `${id} is opened already.` };
  }
  if (incident === undefined) return { refused: `${id} was never opened.` };
  if (!allowed[event.type].includes(incident.state)) {
    return { refused: `${id} is ${incident.state}: "${event.type}" cannot happen to it now.` };
  }
  const answer = transition(incident, event);
  if ('refused' in answer) return { refused: answer.refused };
  const after = recorded(changed(incident, { ...answer, ...heard({ ...incident, ...answer }, event) }), event);
  return { incident: { ...after, metrics: metricsAfter(incident, event) } };
}

/** The incident that a journal tells of; `before`: as the events before these have made it. Throws `store.corrupt` for a journal that cannot have come about. */
export function incidentOf(id: string, events: readonly IncidentEvent[], before?: Incident): Incident | undefined {
  let incident = before;
  for (const event of events) {
    const applied = applyIncidentEvent(incident, id, event);
    if ('refused' in applied) {
      throw new AutoDevOpsError(
        'store.corrupt',
        `The journal of ${id} cannot be: ${applied.refused}`,
        remedy`Restore the store from a backup (${{ do: 'restore-store' }}).`,
      );
    }
    ({ incident } = applied);
  }
  return incident;
}
