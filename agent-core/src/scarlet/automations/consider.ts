import type { Automation, AutomationMemory, Deed, Sighting } from '@autodevops/domain/change/automation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { AutonomyLevel } from '@autodevops/domain/change/policy';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import { restOf } from './breaker.ts';
import { limitReached } from './limit.ts';
import { afterLook } from './sighting.ts';
import type { LookTime } from './sighting.ts';
import { findingKey, forbiddenBy, triggering } from './trigger.ts';
import { wishOf } from './wish.ts';

/** What an automation asks for. */
export interface Wish {
  readonly automation: Automation;
  readonly cause: Cause;
  readonly sighting: Sighting;
  readonly requests: readonly ActionRequest[];
}

/** Why an automation that a finding speaks to does nothing now. */
export interface Held {
  readonly automation: string;
  readonly finding: string;
  readonly why: string;
}

export interface Considered {
  readonly sightings: readonly Sighting[];
  readonly wishes: readonly Wish[];
  readonly held: readonly Held[];
  /** Ids whose circuit breaker is open, with the reason. */
  readonly resting: ReadonlyMap<string, string>;
}

/** The last change of an object that came to an end. */
export interface LastChange {
  readonly actions: readonly string[];
  readonly succeeded: boolean;
}

export interface Considering {
  readonly automations: readonly Automation[];
  readonly level: AutonomyLevel;
  readonly diagnosis: Diagnosis;
  readonly memory: AutomationMemory;
  /** By Kind/namespace/name. */
  readonly lastChanges: ReadonlyMap<string, LastChange>;
  readonly look: LookTime;
}

interface Candidate {
  readonly automation: Automation;
  readonly cause: Cause;
  readonly sighting: Sighting;
}

/** Those that work at this level of autonomy. */
export function working(automations: readonly Automation[], level: AutonomyLevel): readonly Automation[] {
  return automations.filter(({ mode, levels }) => mode !== 'off' && levels.includes(level));
}

function notAfter({ when }: Automation, cause: Cause, lastChanges: Considering['lastChanges']): string | undefined {
  if (when.after === undefined) return undefined;
  const last = lastChanges.get(refKey(cause.object));
  return last?.succeeded === true && last.actions.includes(when.after)
    ? undefined
    : `The last change of ${refKey(cause.object)} was no ${when.after} that succeeded.`;
}

function doneBefore({ automation, sighting }: Candidate, deeds: readonly Deed[]): string | undefined {
  const same = deeds.find(
    (deed) =>
      deed.automation === automation.id &&
      deed.finding === sighting.finding &&
      (deed.since === sighting.since || deed.outcome === 'open'),
  );
  return same === undefined ? undefined : `It has done what it does about this: ${same.says}`;
}

function tooYoung({ automation, sighting }: Candidate): string | undefined {
  const left = automation.when.lasts - Math.floor(sighting.lasted);
  return left <= 0 ? undefined : `The finding has to last ${left} more seconds.`;
}

function judge(
  candidate: Candidate,
  { diagnosis, memory: { deeds }, lastChanges, look: { earliest } }: Considering,
): Wish | string {
  const { automation, cause } = candidate;
  const early =
    tooYoung(candidate) ??
    doneBefore(candidate, deeds) ??
    forbiddenBy(automation, cause, diagnosis) ??
    notAfter(automation, cause, lastChanges) ??
    restOf(automation, deeds, earliest)?.why;
  if (early !== undefined) return early;
  const wished = wishOf(automation, cause);
  if ('held' in wished) return wished.held;
  return (
    limitReached(
      automation,
      wished.requests.map(({ target }) => refKey(target)),
      deeds,
      earliest,
    ) ?? { ...candidate, requests: wished.requests }
  );
}

/**
 * What automations ask for because of what Jamie sees now, and why others ask for nothing. One wish for each round and
 * automation: what it did has to be seen before it does more.
 */
export function consider(considering: Considering): Considered {
  const { automations, level, diagnosis, memory, look } = considering;
  const active = working(automations, level);
  const spoken = active.flatMap((automation) =>
    triggering(automation, diagnosis).map((cause) => ({ automation, cause, finding: findingKey(cause) })),
  );
  const sightings = afterLook(
    memory,
    spoken.map(({ automation, finding }) => ({ automation: automation.id, finding })),
    look,
  );
  const wishes = new Map<string, Wish>();
  const held: Held[] = [];
  for (const [index, { automation, cause, finding }] of spoken.entries()) {
    const sighting = sightings[index];
    if (sighting === undefined) continue;
    const judged = wishes.has(automation.id)
      ? 'It does one thing at a time.'
      : judge({ automation, cause, sighting }, considering);
    if (typeof judged === 'string') held.push({ automation: automation.id, finding, why: judged });
    else wishes.set(automation.id, judged);
  }
  const resting = new Map(
    active.flatMap((automation) => {
      const rest = restOf(automation, memory.deeds, look.earliest);
      return rest === undefined ? [] : [[automation.id, rest.why] as const];
    }),
  );
  return { sightings, wishes: [...wishes.values()], held, resting };
}
