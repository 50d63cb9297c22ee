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
  /** Causes that have lasted of objects that an incident which goes on is about already. */
  readonly joins: readonly { readonly id: string; readonly cause: Cause }[];
  /** Causes of incidents that go on, and that are not seen any more. */
  readonly gone: readonly { readonly id: string; readonly cause: string }[];
}

function counts({ code, severity }: Cause, { from }: WatchRules): boolean {
  return code !== firing.code && (severity === 'critical' || (from === 'warning' && severity === 'warning'));
}

/** The object that a cause is about, of the key by which it is remembered. */
function objectIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** While its object is ill in another way, a cause may only be told otherwise: a log that came too late is enough for that. */
function goneFrom({ id, causesSeen, goneCauses }: Incident, seen: Sightings): Watched['gone'] {
  const ill = new Set([...seen.keys()].map(objectIn));
  return causesSeen
    .filter((key) => !ill.has(objectIn(key)) && !goneCauses.includes(key))
    .map((cause) => ({ id, cause }));
}

/** The incident that goes on and is about the object of a cause already. */
function aboutSame(ongoing: readonly Incident[], key: string): Incident | undefined {
  return ongoing.find(({ causesSeen, goneCauses }) =>
    causesSeen.some((seen) => objectIn(seen) === objectIn(key) && !goneCauses.includes(seen)),
  );
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
  const joins: { id: string; cause: Cause }[] = [];
  const reopens = new Map<string, Cause>();
  for (const cause of diagnosis.causes.filter((one) => counts(one, rules))) {
    const key = causeKey(cause);
    if (ongoing.some(({ causesSeen }) => causesSeen.includes(key))) continue;
    const same = aboutSame(ongoing, key);
    if (same !== undefined) {
      if (now - (sightings.get(key) ?? now) >= rules.lasts) joins.push({ id: same.id, cause });
      continue;
    }
    const before = incidents.find((incident) => incident.causesSeen.includes(key) && mayReturn(incident, rules, now));
    const began = Math.max(sightings.get(key) ?? now, before === undefined ? 0 : Date.parse(before.resolvedAt));
    if (now - began < rules.lasts) continue;
    if (before === undefined) opens.push(cause);
    else if (!reopens.has(before.id)) reopens.set(before.id, cause);
  }
  return {
    opens,
    joins,
    reopens: [...reopens].map(([id, cause]) => ({ id, cause })),
    gone: diagnosis.blindSpots.length > 0 ? [] : ongoing.flatMap((incident) => goneFrom(incident, sightings)),
  };
}
