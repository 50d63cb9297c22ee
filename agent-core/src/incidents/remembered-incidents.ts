import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Journal } from '@autodevops/domain/ports/store';
import { incidentOf } from './incident-state.ts';

/** An incident, with the calls that what happened to it came of. */
export interface KnownIncident {
  readonly incident: Incident;
  readonly calls: ReadonlySet<string>;
}

/** As many as lists look at: those that go on, and the newest that are over. */
const mostRemembered = 600;

/**
 * What was read last of each journal. A journal only grows, so as many events are the same events: in a storm of alerts
 * a long journal is not read again for each of them.
 */
const remembered = new WeakMap<Journal<IncidentEvent>, Map<string, KnownIncident>>();

function memoryOf(journal: Journal<IncidentEvent>): Map<string, KnownIncident> {
  const memory = remembered.get(journal) ?? new Map<string, KnownIncident>();
  remembered.set(journal, memory);
  return memory;
}

/** The one used longest ago goes first: a Map keeps the order of insertion. */
function remember(journal: Journal<IncidentEvent>, known: KnownIncident): void {
  const { id, sequence } = known.incident;
  const memory = memoryOf(journal);
  // Of two who read at the same time, the slower one may have read less.
  if ((memory.get(id)?.incident.sequence ?? 0) > sequence) return;
  memory.delete(id);
  memory.set(id, known);
  for (const oldest of memory.keys()) {
    if (memory.size <= mostRemembered) break;
    memory.delete(oldest);
  }
}

function withCalls(calls: ReadonlySet<string>, events: readonly IncidentEvent[]): ReadonlySet<string> {
  const more = events.flatMap(({ call }) => call ?? []);
  return more.length === 0 ? calls : new Set([...calls, ...more]);
}

/** As it was read last in this process; undefined: never, or long ago. */
export function rememberedIncident(journal: Journal<IncidentEvent>, id: string): Incident | undefined {
  return memoryOf(journal).get(id)?.incident;
}

/** As it is now: of its journal no more is read than what was added since it was read last. Undefined where there is none. */
export async function knownIncident(journal: Journal<IncidentEvent>, id: string): Promise<KnownIncident | undefined> {
  const before = memoryOf(journal).get(id);
  const events = await journal.read(id, before?.incident.sequence ?? 0);
  const incident = incidentOf(id, events, before?.incident);
  if (incident === undefined) return undefined;
  const known = { incident, calls: withCalls(before?.calls ?? new Set(), events) };
  remember(journal, known);
  return known;
}

/** What was just written, after what it was written behind. */
export function rememberWritten(
  journal: Journal<IncidentEvent>,
  incident: Incident,
  events: readonly IncidentEvent[],
): void {
  const before = memoryOf(journal).get(incident.id);
  const after = incident.sequence - events.length;
  // Where something before it is not known, it is read when it is wanted.
  if ((before?.incident.sequence ?? 0) === after) {
    remember(journal, { incident, calls: withCalls(before?.calls ?? new Set(), events) });
  }
}
