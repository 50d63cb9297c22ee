import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentAlert } from '@autodevops/domain/incident/incident-event';
import type { AlertGroup } from './alert-group.ts';

export interface IncidentRules {
  /** In milliseconds: what returns sooner opens its incident again, later a new one. */
  readonly returnsWithin: number;
  /** So many alerts that began within so many milliseconds are a storm: they are one incident. */
  readonly storm: { readonly alerts: number; readonly within: number };
}

/** Which incident a notice belongs to. `absorbs`: those that the storm made of it are part of from now on. */
export type Place =
  | { readonly kind: 'known'; readonly id: string }
  | { readonly kind: 'returned'; readonly id: string }
  | { readonly kind: 'storm'; readonly id: string; readonly absorbs: readonly string[] }
  | { readonly kind: 'new' }
  | { readonly kind: 'nothing' };

function began(alerts: readonly IncidentAlert[], after: number): number {
  return alerts.filter(({ state, startsAt }) => state === 'firing' && Date.parse(startsAt) >= after).length;
}

function stormPlace(
  { alerts }: AlertGroup,
  ongoing: readonly Incident[],
  { storm }: IncidentRules,
  now: number,
): Place | undefined {
  const after = now - storm.within;
  const recent = ongoing
    .filter((incident) => incident.origin === 'alert' && began(incident.alerts, after) > 0)
    .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const count = [alerts, ...recent.map((incident) => incident.alerts)].reduce(
    (sum, some) => sum + began(some, after),
    0,
  );
  const [first] = recent;
  if (first === undefined || count < storm.alerts) return undefined;
  return {
    kind: 'storm',
    id: first.id,
    absorbs: recent
      .filter((incident) => incident !== first && Date.parse(incident.openedAt) >= after)
      .map(({ id }) => id),
  };
}

/** Whether an incident that is over is young enough to be the same again. */
export function mayReturn({ state, resolvedAt }: Incident, { returnsWithin }: IncidentRules, now: number): boolean {
  return (state === 'resolved' || state === 'reviewed') && now - Date.parse(resolvedAt) <= returnsWithin;
}

/** Where a notice belongs among the incidents that there are, the newest first. A group of alerts is of one incident at most. */
export function placeOf(group: AlertGroup, incidents: readonly Incident[], rules: IncidentRules, now: number): Place {
  const ongoing = incidents.filter(isOngoing);
  const same = ongoing.find(({ groupKeys }) => groupKeys.includes(group.groupKey));
  if (same !== undefined) return { kind: 'known', id: same.id };
  if (!group.alerts.some(({ state }) => state === 'firing')) return { kind: 'nothing' };
  const before = incidents.find(
    (incident) => incident.groupKeys.includes(group.groupKey) && mayReturn(incident, rules, now),
  );
  if (before !== undefined) return { kind: 'returned', id: before.id };
  return stormPlace(group, ongoing, rules, now) ?? { kind: 'new' };
}

/** Whether nothing of it is left: no alert fires, or no cause is seen. What people opened, people resolve. */
export function hasEnded({ origin, alerts, alertsLeft, causesSeen, goneCauses }: Incident): boolean {
  const silent = alerts.every(({ state }) => state === 'resolved');
  if (origin === 'alert') return alerts.length > 0 && silent && alertsLeft === 0;
  return origin !== 'person' && silent && causesSeen.length > 0 && causesSeen.every((key) => goneCauses.includes(key));
}
