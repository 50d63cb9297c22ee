import type { EscalationPolicy, EscalationTarget } from '@autodevops/domain/incident/escalation-policy';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { unanswered } from '../paging/told-people.ts';

/** The step that comes next, and when (milliseconds since 1970). */
export interface NextStep {
  readonly policy: string;
  /** From 1. */
  readonly step: number;
  /** From 0. */
  readonly round: number;
  readonly tell: readonly EscalationTarget[];
  readonly at: number;
}

const minute = 60_000;

/** A step that found nobody is no reason to wait. */
function after({ at, reached }: NonNullable<Incident['escalation']>, minutes: number): number {
  return Date.parse(at) + (reached ? minutes * minute : 0);
}

function stepAfter(
  incident: Incident,
  { name, steps, repeat }: EscalationPolicy,
): Omit<NextStep, 'policy' | 'tell'> | undefined {
  const { escalation, ongoingSince, openedAt } = incident;
  if (escalation?.policy !== name) {
    return { step: 1, round: 0, at: Date.parse(ongoingSince ?? openedAt) + (steps[0]?.afterMinutes ?? 0) * minute };
  }
  const next = steps[escalation.step];
  if (next !== undefined) {
    return { step: escalation.step + 1, round: escalation.round, at: after(escalation, next.afterMinutes) };
  }
  return repeat === undefined || escalation.round >= repeat.times
    ? undefined
    : { step: 1, round: escalation.round + 1, at: after(escalation, repeat.afterMinutes) };
}

/**
 * What comes next in an incident's escalation; undefined when nobody is to be told any more: somebody took it up, it is
 * over, no policy is for it, or all steps were gone through. While it is silenced nothing comes.
 */
export function nextStep(incident: Incident, policies: readonly EscalationPolicy[]): NextStep | undefined {
  const { state, severity, silence } = incident;
  const policy = policies.find(({ severities }) => severities.includes(severity));
  if (state !== 'open' || policy === undefined) return undefined;
  const found = stepAfter(incident, policy);
  if (found === undefined) return undefined;
  const at = silence === undefined ? found.at : Math.max(found.at, Date.parse(silence.until));
  return { ...found, at, policy: policy.name, tell: policy.steps[found.step - 1]?.tell ?? [] };
}

export interface EscalationNow {
  /** Whom to tell now; undefined: nobody. */
  readonly due: NextStep | undefined;
  /** Who was told and has not answered. */
  readonly unanswered: readonly IncidentPerson[];
  /** When to look again, in milliseconds since 1970; undefined: not before something happens. */
  readonly again: number | undefined;
}

export function escalationNow(incident: Incident, policies: readonly EscalationPolicy[], now: number): EscalationNow {
  const next = nextStep(incident, policies);
  const isDue = next !== undefined && next.at <= now;
  return { due: isDue ? next : undefined, unanswered: unanswered(incident), again: isDue ? undefined : next?.at };
}
