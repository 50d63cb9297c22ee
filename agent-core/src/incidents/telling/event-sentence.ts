import { counted } from '@autodevops/domain/count-words';
import type { IncidentAlert, IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { nameList } from '../../reading/name-list.ts';
import { utcTime } from './utc-time.ts';

function alertsText(alerts: readonly IncidentAlert[]): string {
  const [firing, over] = [
    alerts.filter(({ state }) => state === 'firing'),
    alerts.filter(({ state }) => state === 'resolved'),
  ];
  const names = [...new Set((firing.length > 0 ? firing : over).map(({ name }) => name))];
  const counts = [
    firing.length > 0 ? `${counted(firing.length, 'alert')} firing` : '',
    over.length > 0 ? `${counted(over.length, 'alert')} over` : '',
  ].filter((one) => one !== '');
  return `${counts.join(', ') || 'no alert'}${names.length === 0 ? '' : `: ${nameList(names)}`}`;
}

function ending(why: string): string {
  return why === '' ? '.' : `: ${why}`;
}

function opening({ origin, title, alerts, causes }: Extract<IncidentEvent, { type: 'opened' }>): string {
  switch (origin) {
    case 'alert':
      return `Opened by ${alertsText(alerts)}.`;
    case 'watch':
      return `Opened because ${causes.length === 1 ? 'this lasts' : `${causes.length} causes last`}: ${causes[0]?.cause ?? title}`;
    case 'heartbeat':
      return `Opened: ${title}.`;
    case 'person':
      return `Opened: ${title}`;
  }
}

function escalated({ to, step, round, why }: Extract<IncidentEvent, { type: 'escalated' }>): string {
  const which = `step ${step}${round > 0 ? `, round ${round + 1}` : ''}`;
  const says =
    to.length === 0
      ? `Nobody was there to be told (${which})`
      : `Told ${nameList(
          to.map(({ name }) => name),
          10,
        )} (${which})`;
  return `${says}${ending(why)}`;
}

/** What an event says on the timeline, one sentence. */
export function eventSentence(event: IncidentEvent): string {
  switch (event.type) {
    case 'opened':
      return opening(event);
    case 'alerts-told':
      return `${alertsText(event.alerts)}${event.left > 0 ? ` (and ${event.left} that are not listed)` : ''}.`;
    case 'reopened':
      return `Opened again${ending(event.why)}`;
    case 'diagnosed':
      return event.summary;
    case 'fix-sought':
      return event.change === '' ? `Nothing can be proposed: ${event.says}` : `Proposed ${event.change}: ${event.says}`;
    case 'cause-gone':
      return `No longer seen: ${event.cause}.`;
    case 'merged':
      return `Became part of ${event.into}${ending(event.why)}`;
    case 'absorbed':
      return `Took in ${event.id} with ${alertsText(event.alerts)}.`;
    case 'assigned':
      return event.role === 'responder' ? `${event.to.name} helps.` : `${event.to.name} is ${event.role}.`;
    case 'severity-set':
      return `Severity ${event.severity}${ending(event.why)}`;
    case 'state-set':
      return `${event.state[0]?.toUpperCase() ?? ''}${event.state.slice(1)}${ending(event.why)}`;
    case 'said':
      return event.text;
    case 'linked':
      return event.title === '' ? `Linked ${event.target}.` : `Linked ${event.target}: ${event.title}`;
    case 'task-added':
      return `Task: ${event.text}`;
    case 'task-done':
      return `Task ${event.task} is done.`;
    case 'acknowledged':
      return `${event.actor.name} has seen it.`;
    case 'escalated':
      return escalated(event);
    case 'silenced':
      return `Silent until ${utcTime(event.until)}${ending(event.why)}`;
    case 'unsilenced':
      return `No longer silent${ending(event.why)}`;
    case 'update-due':
      return `Nobody has said how it stands since ${utcTime(event.since)}.`;
    case 'customers-told':
      return `For customers: ${event.text}`;
    case 'services-set':
      return event.services.length === 0 ? 'No service is affected.' : `Affected: ${event.services.join(', ')}.`;
    case 'resolved':
      return `Resolved${ending(event.why)}`;
    case 'reviewed':
      return `Reviewed${ending(event.why)}`;
  }
}
