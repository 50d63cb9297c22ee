import type { AgentClient } from '@autodevops/agentd/client';
import type { Incident, IncidentState } from '@autodevops/domain/incident/incident';
import { refText } from '@autodevops/domain/object-ref';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import type { Paint, SymbolName } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang } from '../terminal/wrap.ts';
import { beginningText } from './beginning-text.ts';
import { cleared } from './cleared.ts';

type IncidentLine = Awaited<ReturnType<AgentClient['incidents']>>['incidents'][number];

const indent = '   ';
const mostAlerts = 20;
const mostRows = 40;

const marks: Readonly<Record<IncidentState, readonly [SymbolName, Paint]>> = {
  open: ['problem', 'red'],
  investigating: ['problem', 'red'],
  mitigating: ['note', 'yellow'],
  monitoring: ['note', 'yellow'],
  resolved: ['fine', 'green'],
  reviewed: ['fine', 'green'],
  merged: ['dash', 'dim'],
};

/** A line for each incident. `now` (ISO) is what "ago" counts from. */
export function incidentLines(incidents: readonly IncidentLine[], look: Look, now: string): readonly string[] {
  const rows = cleared(incidents).map(({ id, severity, state, openedAt, commander, title }) => [
    id,
    severity,
    state,
    timeAgo(openedAt, now),
    commander?.name ?? '',
    title,
  ]);
  return table(look, ['id', 'severity', 'state', 'opened', 'commander', 'title'], rows);
}

function section(look: Look, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', paint(look, 'bold', title), ...lines];
}

function causeLines({ causes, goneCauses }: Incident, look: Look, now: string): readonly string[] {
  return causes.flatMap(({ key, code, object, cause, began, beganAt }) => [
    ...hang(
      `${indent}- `,
      `${refText(object)} (${code}): ${cause}${goneCauses.includes(key) ? ' No longer seen.' : ''}`,
      look.columns,
    ),
    ...(began === '' ? [] : hang(`${indent}  `, beginningText({ began, beganAt, since: '' }, now), look.columns)),
  ]);
}

function alertLines({ alerts, alertsLeft }: Incident, look: Look): readonly string[] {
  const left = Math.max(0, alerts.length - mostAlerts) + alertsLeft;
  return [
    ...alerts
      .slice(0, mostAlerts)
      .flatMap(({ name, state, summary }) =>
        hang(`${indent}- `, `${name} (${state})${summary === '' ? '' : `: ${summary}`}`, look.columns),
      ),
    ...(left === 0 ? [] : [`${indent}and ${left} more`]),
  ];
}

function peopleLines({ commander, communicator, responders }: Incident, look: Look): readonly string[] {
  const named = [
    ...(commander === undefined ? [] : [`commander: ${commander.name}`]),
    ...(communicator === undefined ? [] : [`communicator: ${communicator.name}`]),
    ...responders.map(({ name }) => name),
  ];
  return named.flatMap((name) => hang(`${indent}- `, name, look.columns));
}

/** Who was told, who takes it up, until when it is silent, what is due. */
function standingLines(
  { acknowledged, escalation, silence, updateDueSince, services = [], customers }: Incident,
  look: Look,
  now: string,
): readonly string[] {
  const told = (escalation?.told ?? []).map(
    ({ to, answeredAt }) => `${to.name}${answeredAt === '' ? ' (no answer)' : ''}`,
  );
  const facts = [
    services.length === 0 ? '' : `Affected: ${services.join(', ')}`,
    acknowledged === undefined ? '' : `Taken up by ${acknowledged.by.name}, ${timeAgo(acknowledged.at, now)}`,
    escalation === undefined
      ? ''
      : `Told by step ${escalation.step} of ${escalation.policy}${escalation.round === 0 ? '' : `, round ${escalation.round + 1}`}: ${told.join(', ') || 'nobody'}`,
    silence === undefined || silence.until <= now
      ? ''
      : `Silent until ${silence.until}, by ${silence.by.name}${silence.why === '' ? '' : `: ${silence.why}`}`,
    updateDueSince === undefined ? '' : `A status update is due, ${timeAgo(updateDueSince, now)}`,
    customers === undefined ? '' : `For customers: ${customers.says}`,
  ];
  return facts.filter((fact) => fact !== '').flatMap((fact) => hang(`${indent}- `, fact, look.columns));
}

function taskLines({ tasks, links }: Incident, look: Look): readonly string[] {
  return [
    ...tasks.flatMap(({ number, text, done }) =>
      hang(`${indent}${number}. `, `${text}${done ? ' (done)' : ''}`, look.columns),
    ),
    ...links.flatMap(({ title, target }) =>
      hang(`${indent}- `, title === '' ? target : `${title}: ${target}`, look.columns),
    ),
  ];
}

function timelineLines({ timeline }: Incident, look: Look): readonly string[] {
  const left = Math.max(0, timeline.length - mostRows);
  return [
    ...(left === 0 ? [] : [paint(look, 'dim', `${indent}${left} earlier entries are left out; -o json has them all`)]),
    ...timeline
      .slice(-mostRows)
      .flatMap(({ time, source, says }) =>
        hang(`${indent}${paint(look, 'dim', time)} `, `${source}: ${says}`, look.columns),
      ),
  ];
}

/** An incident, whole: where it stands, why, who works on it, what happened. */
export function incidentText(given: Incident, look: Look, now: string): readonly string[] {
  const incident = cleared(given);
  const { id, title, severity, state, openedAt, summary, mergedInto } = incident;
  const [name, style] = marks[state];
  return [
    paint(look, 'bold', `${id}  ${title}`),
    paint(
      look,
      style,
      `${symbol(look, name)}  ${state}, ${severity}, opened ${timeAgo(openedAt, now)}${mergedInto === '' ? '' : `, part of ${mergedInto}`}`,
    ),
    ...(summary === '' ? [] : hang(indent, summary, look.columns)),
    ...section(look, 'Standing', standingLines(incident, look, now)),
    ...section(look, 'Causes', causeLines(incident, look, now)),
    ...section(look, 'Alerts', alertLines(incident, look)),
    ...section(look, 'People', peopleLines(incident, look)),
    ...section(look, 'Tasks and links', taskLines(incident, look)),
    ...section(look, 'Timeline', timelineLines(incident, look)),
  ];
}
