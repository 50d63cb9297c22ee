import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Incident } from '@autodevops/domain/incident/incident';
import { timeOf } from '../changes/surroundings.ts';
import type { Fence, IncidentDesk } from './incident-desk.ts';
import { appendToIncidents } from './incident-journal.ts';

/** What makes one incident part of another, which takes its alerts and causes: an event for each of them. */
export interface Merging {
  readonly absorbed: IncidentEvent;
  readonly merged: IncidentEvent;
}

/** `from` becomes part of `into`. Both events are written, or neither. */
export function mergingOf(
  into: Incident,
  from: Incident,
  why: string,
  { clock, jamie }: Pick<IncidentDesk, 'clock' | 'jamie'>,
): Merging {
  const at = { time: timeOf(clock), actor: jamie };
  return {
    absorbed: {
      type: 'absorbed',
      ...at,
      id: from.id,
      groupKeys: from.groupKeys.slice(0, incidentBounds.alerts),
      causes: from.causes,
      alerts: from.alerts,
    },
    merged: { type: 'merged', ...at, into: into.id, why },
  };
}

/** Makes one incident part of another. Both know of it, or neither does. Gives the one that is left. */
export async function mergeInto(
  into: Incident,
  from: Incident,
  { why, fence }: { readonly why: string; readonly fence: Fence },
  desk: IncidentDesk,
): Promise<Incident> {
  const { absorbed, merged } = mergingOf(into, from, why, desk);
  const [after = into] = await appendToIncidents(
    desk.store.incidents,
    [
      { id: into.id, before: into, events: [absorbed] },
      { id: from.id, before: from, events: [merged] },
    ],
    fence,
  );
  return after;
}

/** The incident that another one's cause belongs to: of those that go on, the oldest that has it first among its own. */
export function sameCause(incident: Incident, ongoing: readonly Incident[]): Incident | undefined {
  const key = incident.causes[0]?.key;
  if (key === undefined) return undefined;
  return ongoing
    .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1))
    .find(
      (other) =>
        other.id !== incident.id &&
        other.origin !== 'person' &&
        other.openedAt <= incident.openedAt &&
        other.causes[0]?.key === key,
    );
}
