import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type {
  IncidentAlert,
  IncidentCause,
  IncidentEvent,
  IncidentPerson,
} from '@autodevops/domain/incident/incident-event';
import type { Incident, IncidentState } from '@autodevops/domain/incident/incident';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { alertsTitle } from './notices/alerts-title.ts';
import { eventSentence } from './telling/event-sentence.ts';
import { escalated } from './paging/told-people.ts';
import { heard, personOf } from './heard.ts';
import { metricsAfter } from './telling/metrics.ts';
import { worstSeverity } from './notices/severity.ts';

type EventOf<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;
type LaterEvent = Exclude<IncidentEvent, { type: 'opened' }>;
/** What changes; undefined takes it away. */
type Next = {
  readonly [K in keyof Omit<Incident, 'id' | 'timeline' | 'sequence' | 'metrics' | 'updatedAt'>]?:
    | Incident[K]
    | undefined;
};
type Answer = Next | { readonly refused: string };

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

/** What is said last of an alert is what holds. Those that fire stay where there are too many. */
function withAlerts(
  { alerts, alertsLeft }: Pick<Incident, 'alerts' | 'alertsLeft'>,
  told: readonly IncidentAlert[],
  left: number,
): Pick<Incident, 'alerts' | 'alertsLeft'> {
  const known = new Map([...alerts, ...told].map((alert) => [alert.fingerprint, alert]));
  const all = [...known.values()].toSorted((a, b) => Number(b.state === 'firing') - Number(a.state === 'firing'));
  return {
    alerts: all.slice(0, incidentBounds.alerts),
    alertsLeft: Math.max(alertsLeft, left) + Math.max(0, all.length - incidentBounds.alerts),
  };
}

/** What one group of alerts opened, and others joined, is called after all of them. */
function withMore(
  { origin, title, groupKeys, ...known }: Incident,
  more: readonly string[],
  told: readonly IncidentAlert[],
  left: number,
): Pick<Incident, 'title' | 'groupKeys' | 'alerts' | 'alertsLeft'> {
  const keys = union(groupKeys, more);
  const all = withAlerts(known, told, left);
  return {
    groupKeys: keys,
    ...all,
    title: origin === 'alert' && keys.length > 1 ? alertsTitle(all.alerts, all.alertsLeft) : title,
  };
}

function union(known: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...known, ...more.filter((one) => one !== '')])].slice(0, incidentBounds.alerts);
}

function withCauses(
  { causesSeen, goneCauses }: Pick<Incident, 'causesSeen' | 'goneCauses'>,
  causes: readonly IncidentCause[],
): Pick<Incident, 'causesSeen' | 'goneCauses'> {
  const keys = causes.map(({ key }) => key);
  return { causesSeen: union(causesSeen, keys), goneCauses: goneCauses.filter((key) => !keys.includes(key)) };
}

/** Whoever takes a role takes the incident up. */
function assigned(incident: Incident, { role, to }: EventOf<'assigned'>): Answer {
  const state = incident.state === 'open' ? 'investigating' : incident.state;
  if (role !== 'responder') return { state, [role]: to };
  const others = incident.responders.filter(({ account }: IncidentPerson) => account !== to.account);
  return others.length >= incidentBounds.responders
    ? { refused: `${others.length} people help already.` }
    : { state, responders: [...others, to] };
}

function taskDone({ tasks }: Incident, { task }: EventOf<'task-done'>): Answer {
  const found = tasks.find(({ number }) => number === task);
  if (found === undefined) return { refused: `There is no task ${task}.` };
  return { tasks: tasks.map((one) => (one === found ? { ...one, done: true } : one)) };
}

function taskAdded({ tasks }: Incident, { text }: EventOf<'task-added'>): Answer {
  return tasks.length >= incidentBounds.tasks
    ? { refused: `There are ${tasks.length} tasks already.` }
    : { tasks: [...tasks, { number: tasks.length + 1, text, done: false }] };
}

function linked({ links }: Incident, { title, target }: EventOf<'linked'>): Answer {
  const others = links.filter((link) => link.target !== target);
  return others.length >= incidentBounds.links
    ? { refused: `There are ${others.length} links already.` }
    : { links: [...others, { title, target }] };
}

/** What was proposed is linked too, as what people propose is. */
function fixSought(incident: Incident, { cause, change, says }: EventOf<'fix-sought'>): Answer {
  const fixes = [...(incident.fixes ?? []).filter((fix) => fix.cause !== cause), { cause, change, says }];
  const links =
    change === ''
      ? incident.links
      : [
          ...incident.links.filter(({ target }) => target !== change),
          { title: says.slice(0, incidentBounds.title), target: change },
        ];
  return fixes.length > incidentBounds.causes || links.length > incidentBounds.links
    ? { refused: `${fixes.length} fixes were sought already.` }
    : { fixes, links };
}

function absorbed(incident: Incident, { groupKeys, causes, alerts }: EventOf<'absorbed'>): Answer {
  const severity = worstSeverity([incident.severity, ...alerts.map((alert) => alert.severity)]);
  return {
    severity,
    ...withMore(incident, groupKeys, alerts, 0),
    ...withCauses(incident, causes),
    ...(incident.causes.length === 0 ? { causes: [...causes] } : {}),
  };
}

function next(incident: Incident, event: LaterEvent): Answer {
  switch (event.type) {
    case 'alerts-told':
      return withMore(incident, [event.groupKey], event.alerts, event.left);
    case 'reopened':
      return {
        state: 'open',
        resolvedAt: '',
        returns: incident.returns + 1,
        goneCauses: [],
        ongoingSince: event.time,
        acknowledged: undefined,
        escalation: undefined,
        fixes: undefined,
      };
    case 'diagnosed':
      return { summary: event.summary, causes: event.causes, ...withCauses(incident, event.causes) };
    case 'fix-sought':
      return fixSought(incident, event);
    case 'cause-gone':
      return incident.causesSeen.includes(event.cause)
        ? { goneCauses: union(incident.goneCauses, [event.cause]) }
        : { refused: `${event.cause} is none of its causes.` };
    case 'merged':
      return { state: 'merged', mergedInto: event.into };
    case 'absorbed':
      return absorbed(incident, event);
    case 'assigned':
      return assigned(incident, event);
    case 'severity-set':
      return { severity: event.severity };
    case 'state-set':
      return { state: event.state };
    case 'said':
      return {};
    case 'linked':
      return linked(incident, event);
    case 'task-added':
      return taskAdded(incident, event);
    case 'task-done':
      return taskDone(incident, event);
    case 'acknowledged':
      return { state: incident.state === 'open' ? 'investigating' : incident.state };
    case 'escalated':
      return { escalation: escalated(incident.escalation, event) };
    case 'silenced':
      return { silence: { until: event.until, by: personOf(event.actor), why: event.why } };
    case 'unsilenced':
      return { silence: undefined };
    case 'update-due':
      return { updateDueSince: event.time };
    case 'customers-told':
      return { customers: { says: event.text, by: personOf(event.actor), at: event.time } };
    case 'services-set':
      return { services: [...event.services] };
    case 'resolved':
      return { state: 'resolved', resolvedAt: event.time, silence: undefined, updateDueSince: undefined };
    case 'reviewed':
      return { state: 'reviewed' };
  }
}

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
  const answer = next(incident, event);
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
        'Restore the store from a backup (`autodevops store restore`).',
      );
    }
    ({ incident } = applied);
  }
  return incident;
}
