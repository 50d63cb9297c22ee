import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { Incident } from '@autodevops/domain/incident/incident';
import { timeOf } from '../changes/surroundings.ts';
import type { Fence, IncidentDesk } from './incident-desk.ts';
import { appendToIncidents } from './incident-journal.ts';

/** Makes one incident part of another, which takes its alerts and causes. Both know of it, or neither does. */
export async function mergeInto(into: Incident, from: Incident, { why, fence }: { readonly why: string; readonly fence: Fence }, { store: { incidents: journal }, clock, jamie }: IncidentDesk): Promise<Incident> {
  const at = { time: timeOf(clock), actor: jamie };
  const [merged = into] = await appendToIncidents(journal, [
    { id: into.id, before: into, fence, events: [{ type: 'absorbed', ...at, id: from.id, groupKeys: from.groupKeys.slice(0, incidentBounds.alerts), causes: from.causes, alerts: from.alerts }] },
    { id: from.id, before: from, fence, events: [{ type: 'merged', ...at, into: into.id, why }] },
  ]);
  return merged;
}

/** The incident that another one's cause belongs to: of those that go on, the oldest that has it first among its own. */
export function sameCause(incident: Incident, ongoing: readonly Incident[]): Incident | undefined {
  const key = incident.causes[0]?.key;
  if (key === undefined) return undefined;
  return ongoing.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1)).find((other) => other.id !== incident.id && other.origin !== 'person' && other.openedAt <= incident.openedAt && other.causes[0]?.key === key);
}
