import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type {
  IncidentAlert,
  IncidentCause,
  IncidentEvent,
  IncidentPerson,
} from '@autodevops/domain/incident/incident-event';
import type { Incident } from '@autodevops/domain/incident/incident';
import { alertsTitle } from './notices/alerts-title.ts';
import { escalated } from './paging/told-people.ts';
import { personOf } from './heard.ts';
import { worstSeverity } from './notices/severity.ts';

/** An event of one type. */
export type EventOf<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;
/** Whatever may happen to an incident that is opened. */
export type LaterEvent = Exclude<IncidentEvent, { type: 'opened' }>;

/** What changes; undefined takes it away. */
export type Next = {
  readonly [K in keyof Omit<Incident, 'id' | 'timeline' | 'sequence' | 'metrics' | 'updatedAt'>]?:
    | Incident[K]
    | undefined;
};

type Answer = Next | { readonly refused: string };

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

/** What an event changes of an incident, or why it cannot; whether it may happen in this state is asked before. */
export function transition(incident: Incident, event: LaterEvent): Answer {
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
