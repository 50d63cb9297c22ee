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

/** Throws `incident.not-found` when there is no such incident. */
export async function readIncident(journal: IncidentJournal, id: string): Promise<Incident> {
  const incident = incidentOf(id, await journal.read(id));
  if (incident === undefined) throw new AutoDevOpsError('incident.not-found', `There is no incident ${id}.`, 'List them with `autodevops incident list`.');
  return incident;
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

/**
 * Writes events together with their rows of the audit log and their notices to those who follow, or nothing of it.
 * Throws `incident.wrong-state` for an event that cannot happen now, `store.conflict` when somebody else wrote first.
 */
export async function appendIncidentEvents(journal: IncidentJournal, { id, before, events, fence }: NewEvents): Promise<Incident> {
  let incident = before;
  const steps: { readonly incident: Incident; readonly event: IncidentEvent }[] = [];
  for (const event of events) {
    const applied = applyIncidentEvent(incident, id, event);
    if ('refused' in applied) throw new AutoDevOpsError('incident.wrong-state', applied.refused, `See where it stands with \`autodevops incident show ${id}\`.`);
    ({ incident } = applied);
    steps.push({ incident, event });
  }
  if (incident === undefined) throw new TypeError('Nothing was to be written.');
  await journal.append({
    id,
    after: before?.sequence ?? 0,
    events,
    audit: steps.flatMap((step) => auditOfIncidentEvent(step.incident, step.event) ?? []),
    outbox: steps.map((step) => ({ time: step.event.time, topic: `incident.${step.event.type}`, subject: id, data: { state: step.incident.state, severity: step.incident.severity, says: step.incident.timeline.at(-1)?.says ?? '' } })),
    ...(fence === undefined ? {} : { fence }),
  });
  remember(journal, incident);
  return incident;
}

const attempts = 10;

/**
 * Adds what `next` makes of the incident as it is, whoever else writes meanwhile; nothing when it makes nothing.
 * Throws as `readIncident` and `appendIncidentEvents` do, and `store.conflict` when others were first every time.
 */
export async function changeIncident(journal: IncidentJournal, id: string, next: (present: Incident) => readonly IncidentEvent[]): Promise<Incident> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await readIncident(journal, id);
    const events = next(before);
    if (events.length === 0) return before;
    try {
      return await appendIncidentEvents(journal, { id, before, events });
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}
