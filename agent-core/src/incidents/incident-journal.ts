import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Journal, JournalRecord, JournalSummary } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { applyIncidentEvent } from './incident-state.ts';
import { auditOfIncidentEvent } from './audit-of-incident-event.ts';
import { knownIncident, rememberedIncident, rememberWritten } from './remembered-incidents.ts';
import type { KnownIncident } from './remembered-incidents.ts';

export type IncidentJournal = Journal<IncidentEvent>;

/** So many that go on are looked at, and so many of the newest that are over. */
const mostOngoing = 500;
const mostOver = 100;

async function readKnown(journal: IncidentJournal, id: string): Promise<KnownIncident> {
  const known = await knownIncident(journal, id);
  if (known === undefined) {
    throw new AutoDevOpsError(
      'incident.not-found',
      `There is no incident ${id}.`,
      remedy`List them with ${{ do: 'list-incidents' }}.`,
    );
  }
  return known;
}

/** Throws `incident.not-found` when there is no such incident. */
export async function readIncident(journal: IncidentJournal, id: string): Promise<Incident> {
  return (await readKnown(journal, id)).incident;
}

async function readLine(journal: IncidentJournal, { id, sequence }: JournalSummary): Promise<Incident | undefined> {
  const known = rememberedIncident(journal, id);
  return known?.sequence === sequence ? known : (await knownIncident(journal, id))?.incident;
}

/** The incidents of these lines of a list, in their order. */
export async function incidentsOf(
  journal: IncidentJournal,
  lines: readonly JournalSummary[],
): Promise<readonly Incident[]> {
  return (await Promise.all(lines.map(async (line) => await readLine(journal, line)))).filter(
    (incident) => incident !== undefined,
  );
}

/** Those that go on, the newest first. */
export async function ongoingIncidents(journal: IncidentJournal): Promise<readonly Incident[]> {
  const lines = await journal.list({ limit: mostOngoing, open: true });
  return (await incidentsOf(journal, lines)).filter(isOngoing);
}

/** Those that go on, and the newest of all; the newest first. */
export async function presentIncidents(journal: IncidentJournal): Promise<readonly Incident[]> {
  const [open, newest] = await Promise.all([
    journal.list({ limit: mostOngoing, open: true }),
    journal.list({ limit: mostOver }),
  ]);
  // Those that are not among the newest are older than all of them.
  const lines = new Map([...newest, ...open].map((line) => [line.id, line]));
  return await incidentsOf(journal, [...lines.values()]);
}

export interface NewEvents {
  readonly id: string;
  /** Undefined for a new one. */
  readonly before: Incident | undefined;
  readonly events: readonly IncidentEvent[];
}

type Fence = JournalRecord<IncidentEvent>['fence'];

interface Step {
  /** As it is after the event. */
  readonly incident: Incident;
  readonly event: IncidentEvent;
}

/** Throws `incident.wrong-state` for an event that cannot happen now. */
export function incidentAfter(id: string, before: Incident | undefined, event: IncidentEvent): Incident {
  const applied = applyIncidentEvent(before, id, event);
  if ('refused' in applied) {
    throw new AutoDevOpsError(
      'incident.wrong-state',
      applied.refused,
      remedy`See where it stands with ${{ do: 'show-incident', incident: id }}.`,
    );
  }
  return applied.incident;
}

/** What those who follow are told of an event, beside its type, which is the topic. */
function newsOf({ incident, event }: Step): Readonly<Record<string, unknown>> {
  const { state, severity, sequence, timeline } = incident;
  return {
    state,
    severity,
    number: sequence,
    says: timeline.at(-1)?.says ?? '',
    ...(event.type === 'escalated' ? { to: event.to } : {}),
  };
}

interface Prepared {
  readonly incident: Incident;
  readonly record: JournalRecord<IncidentEvent>;
}

function prepared({ id, before, events }: NewEvents, fence: Fence): Prepared {
  let incident = before;
  const steps = events.map((event): Step => ({ incident: (incident = incidentAfter(id, incident, event)), event }));
  if (incident === undefined) throw new TypeError('Nothing was to be written.');
  const audit = steps.flatMap((step) => auditOfIncidentEvent(step.incident, step.event) ?? []);
  const outbox = steps.map((step) => ({
    time: step.event.time,
    topic: `incident.${step.event.type}`,
    subject: id,
    data: newsOf(step),
  }));
  return {
    incident,
    record: { id, after: before?.sequence ?? 0, events, audit, outbox, ...(fence === undefined ? {} : { fence }) },
  };
}

/**
 * Writes events of several incidents together with their rows of the audit log and their notices to those who follow:
 * all of it, or nothing. Gives the incidents in the order given. Throws `incident.wrong-state` for an event that cannot
 * happen now, `store.conflict` when somebody else wrote first, `store.fenced` when the fence holds no more.
 */
export async function appendToIncidents(
  journal: IncidentJournal,
  events: readonly NewEvents[],
  fence?: Fence,
): Promise<readonly Incident[]> {
  const all = events.map((one) => prepared(one, fence));
  await journal.appendAll(all.map(({ record }) => record));
  for (const { incident, record } of all) rememberWritten(journal, incident, record.events);
  return all.map(({ incident }) => incident);
}

/** The same for events of one incident. */
export async function appendIncidentEvents(
  journal: IncidentJournal,
  events: NewEvents,
  fence?: Fence,
): Promise<Incident> {
  const { incident, record } = prepared(events, fence);
  await journal.append(record);
  rememberWritten(journal, incident, record.events);
  return incident;
}

const attempts = 10;

/**
 * Adds what `next` makes of the incident as it is, whoever else writes meanwhile; nothing when it makes nothing.
 * `call` names what asked for it, where that may be asked again: then nothing is added. Throws as `readIncident` and
 * `appendIncidentEvents` do, and `store.conflict` when others were first every time.
 */
export async function changeIncident(
  journal: IncidentJournal,
  id: string,
  next: (present: Incident) => readonly IncidentEvent[],
  call?: string,
): Promise<Incident> {
  for (let attempt = 1; ; attempt += 1) {
    const { incident: before, calls } = await readKnown(journal, id);
    if (call !== undefined && calls.has(call)) return before;
    const events = next(before).map((event) => (call === undefined ? event : { ...event, call }));
    if (events.length === 0) return before;
    try {
      return await appendIncidentEvents(journal, { id, before, events });
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'store.conflict' || attempt >= attempts) throw error;
    }
  }
}
