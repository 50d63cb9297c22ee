import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Journal, JournalRecord, JournalSummary } from '@autodevops/domain/ports/store';
import { applyIncidentEvent, incidentOf } from './incident-state.ts';
import { auditOfIncidentEvent } from './audit-of-incident-event.ts';

export type IncidentJournal = Journal<IncidentEvent>;

/** So many that go on are looked at, and so many of the newest that are over. */
const mostOngoing = 500;
const mostOver = 100;

function standing(id: string, events: readonly IncidentEvent[]): Incident {
  const incident = incidentOf(id, events);
  if (incident === undefined) throw new AutoDevOpsError('incident.not-found', `There is no incident ${id}.`, 'List them with `autodevops incident list`.');
  return incident;
}

/** Throws `incident.not-found` when there is no such incident. */
export async function readIncident(journal: IncidentJournal, id: string): Promise<Incident> {
  return standing(id, await journal.read(id));
}

/**
 * What was read last of each journal. A journal only grows, so as many events are the same events: in a storm of alerts
 * a long journal is not read again for each of them.
 */
const remembered = new WeakMap<IncidentJournal, Map<string, Incident>>();
const mostRemembered = mostOngoing + mostOver;

function memoryOf(journal: IncidentJournal): Map<string, Incident> {
  const memory = remembered.get(journal) ?? new Map<string, Incident>();
  remembered.set(journal, memory);
  return memory;
}

function remember(journal: IncidentJournal, incident: Incident): void {
  const memory = memoryOf(journal);
  memory.delete(incident.id);
  memory.set(incident.id, incident);
  for (const id of memory.keys()) {
    if (memory.size <= mostRemembered) break;
    memory.delete(id);
  }
}

async function readLine(journal: IncidentJournal, { id, sequence }: JournalSummary): Promise<Incident | undefined> {
  const known = memoryOf(journal).get(id);
  if (known?.sequence === sequence) return known;
  const incident = incidentOf(id, await journal.read(id));
  if (incident !== undefined) remember(journal, incident);
  return incident;
}

/** The incidents of these lines of a list, in their order. */
export async function incidentsOf(journal: IncidentJournal, lines: readonly JournalSummary[]): Promise<readonly Incident[]> {
  return (await Promise.all(lines.map(async (line) => await readLine(journal, line)))).filter((incident) => incident !== undefined);
}

/** Those that go on, the newest first. */
export async function ongoingIncidents(journal: IncidentJournal): Promise<readonly Incident[]> {
  const lines = await journal.list({ limit: mostOngoing, open: true });
  return (await incidentsOf(journal, lines)).filter(isOngoing);
}

/** Those that go on, and the newest of all; the newest first. */
export async function presentIncidents(journal: IncidentJournal): Promise<readonly Incident[]> {
  const [open, newest] = await Promise.all([journal.list({ limit: mostOngoing, open: true }), journal.list({ limit: mostOver })]);
  const lines = [...new Map([...open, ...newest].map((line) => [line.id, line])).values()].toSorted((a, b) => (a.firstTime < b.firstTime ? 1 : -1));
  return await incidentsOf(journal, lines);
}

interface NewEvents {
  readonly id: string;
  /** Undefined for a new one. */
  readonly before: Incident | undefined;
  readonly events: readonly IncidentEvent[];
  readonly fence?: JournalRecord<IncidentEvent>['fence'];
}

interface Step {
  /** As it is after the event. */
  readonly incident: Incident;
  readonly event: IncidentEvent;
}

/** What those who follow are told of an event, beside its type, which is the topic. */
function newsOf({ incident, event }: Step): Readonly<Record<string, unknown>> {
  const { state, severity, sequence, timeline } = incident;
  return { state, severity, number: sequence, says: timeline.at(-1)?.says ?? '', ...(event.type === 'escalated' ? { to: event.to } : {}) };
}

interface Prepared {
  readonly incident: Incident;
  readonly record: JournalRecord<IncidentEvent>;
}

/** Throws `incident.wrong-state` for an event that cannot happen now. */
function prepared({ id, before, events, fence }: NewEvents): Prepared {
  let incident = before;
  const steps: Step[] = [];
  for (const event of events) {
    const applied = applyIncidentEvent(incident, id, event);
    if ('refused' in applied) throw new AutoDevOpsError('incident.wrong-state', applied.refused, `See where it stands with \`autodevops incident show ${id}\`.`);
    ({ incident } = applied);
    steps.push({ incident, event });
  }
  if (incident === undefined) throw new TypeError('Nothing was to be written.');
  const audit = steps.flatMap((step) => auditOfIncidentEvent(step.incident, step.event) ?? []);
  const outbox = steps.map((step) => ({ time: step.event.time, topic: `incident.${step.event.type}`, subject: id, data: newsOf(step) }));
  return { incident, record: { id, after: before?.sequence ?? 0, events, audit, outbox, ...(fence === undefined ? {} : { fence }) } };
}

/**
 * Writes events together with their rows of the audit log and their notices to those who follow, or nothing of it.
 * Throws `incident.wrong-state` for an event that cannot happen now, `store.conflict` when somebody else wrote first.
 */
export async function appendIncidentEvents(journal: IncidentJournal, events: NewEvents): Promise<Incident> {
  const { incident, record } = prepared(events);
  await journal.append(record);
  remember(journal, incident);
  return incident;
}

/** The same for events of several incidents: all of it is written, or nothing. Gives them in the order given. */
export async function appendToIncidents(journal: IncidentJournal, events: readonly NewEvents[]): Promise<readonly Incident[]> {
  const all = events.map(prepared);
  await journal.appendAll(all.map(({ record }) => record));
  for (const { incident } of all) remember(journal, incident);
  return all.map(({ incident }) => incident);
}

const attempts = 10;

/**
 * Adds what `next` makes of the incident as it is, whoever else writes meanwhile; nothing when it makes nothing.
 * `call` names what asked for it, where that may be asked again: then nothing is added. Throws as `readIncident` and
 * `appendIncidentEvents` do, and `store.conflict` when others were first every time.
 */
export async function changeIncident(journal: IncidentJournal, id: string, next: (present: Incident) => readonly IncidentEvent[], call?: string): Promise<Incident> {
  for (let attempt = 1; ; attempt += 1) {
    const written = await journal.read(id);
    const before = standing(id, written);
    if (call !== undefined && written.some((event) => event.call === call)) return before;
    const events = next(before).map((event) => (call === undefined ? event : { ...event, call }));
    if (events.length === 0) return before;
    try {
      return await appendIncidentEvents(journal, { id, before, events });
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}
