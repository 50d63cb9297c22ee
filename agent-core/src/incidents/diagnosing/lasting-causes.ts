import type { Cause, Diagnosis, Severity } from '@autodevops/domain/diagnosis';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import { firing } from '../../analyzers/alert-firing/codes.ts';
import { causeKey } from './relevant-causes.ts';
import type { IncidentRules } from '../notices/placement.ts';
import { mayReturn } from '../notices/placement.ts';

export interface WatchRules {
  /** In milliseconds: how long a cause is there before it is an incident. */
  readonly lasts: number;
  /** The mildest that counts. */
  readonly from: Exclude<Severity, 'info'>;
}

/** When a cause was first seen without a break, in milliseconds, by its key. */
export type Sightings = ReadonlyMap<string, number>;

/** What is seen now, each with the beginning of its spell. What was not seen this time is forgotten. */
export function sightingsAfter(before: Sightings, { causes }: Diagnosis, now: number): Sightings {
  return new Map(
    causes.map((cause) => {
      const key = causeKey(cause);
      const since = Date.parse(cause.since);
      return [key, before.get(key) ?? (Number.isNaN(since) ? now : Math.min(since, now))];
    }),
  );
}

export interface Watched {
  /** Causes that have lasted, which no incident has. */
  readonly opens: readonly Cause[];
  /** Incidents that were over, and whose cause has lasted since. */
  readonly reopens: readonly { readonly id: string; readonly cause: Cause }[];
  /** Causes of incidents that go on, and that are not seen any more. */
  readonly gone: readonly { readonly id: string; readonly cause: string }[];
}

function counts({ code, severity }: Cause, { from }: WatchRules): boolean {
  return code !== firing.code && (severity === 'critical' || (from === 'warning' && severity === 'warning'));
}

function goneFrom({ id, causesSeen, goneCauses }: Incident, seen: Sightings): Watched['gone'] {
  return causesSeen.filter((key) => !seen.has(key) && !goneCauses.includes(key)).map((cause) => ({ id, cause }));
}

/**
 * What Jamie's own watch makes of a look. `incidents`: those that go on and the newest that are over, the newest first.
 * Over a blind spot nothing is concluded to be gone.
 */
export function watchedCauses(
  diagnosis: Diagnosis,
  sightings: Sightings,
  incidents: readonly Incident[],
  rules: WatchRules & IncidentRules,
  now: number,
): Watched {
  const ongoing = incidents.filter(isOngoing);
  const opens: Cause[] = [];
  const reopens = new Map<string, Cause>();
  for (const cause of diagnosis.causes.filter((one) => counts(one, rules))) {
    const key = causeKey(cause);
    if (ongoing.some(({ causesSeen }) => causesSeen.includes(key))) continue;
    const before = incidents.find((incident) => incident.causesSeen.includes(key) && mayReturn(incident, rules, now));
    const began = Math.max(sightings.get(key) ?? now, before === undefined ? 0 : Date.parse(before.resolvedAt));
    if (now - began < rules.lasts) continue;
    if (before === undefined) opens.push(cause);
    else if (!reopens.has(before.id)) reopens.set(before.id, cause);
  }
  return {
    opens,
    reopens: [...reopens].map(([id, cause]) => ({ id, cause })),
    gone: diagnosis.blindSpots.length > 0 ? [] : ongoing.flatMap((incident) => goneFrom(incident, sightings)),
  };
}
