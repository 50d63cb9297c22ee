import type { EscalationPolicy, EscalationTarget } from '@autodevops/domain/incident/escalation-policy';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent, IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { timeOf } from '../../changes/surroundings.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { changeIncident, readIncident } from '../incident-journal.ts';
import { keptText } from '../kept-text.ts';
import { escalationNow, nextStep } from './escalation.ts';
import type { NextStep } from './escalation.ts';

/** Who is behind the targets of a step, and why somebody could not be found. */
export interface FoundPeople {
  readonly people: readonly IncidentPerson[];
  readonly failures: readonly string[];
}

export interface Escalating {
  readonly policies: readonly EscalationPolicy[];
  readonly find: (targets: readonly EscalationTarget[], signal: AbortSignal) => Promise<FoundPeople>;
}

/** In milliseconds: how long a schedule that does not answer is asked again before its step counts as one that found nobody. */
const patience = 120_000;
const pause = 10_000;

function isSameStep(one: NextStep | undefined, other: NextStep): boolean {
  return one?.policy === other.policy && one.step === other.step && one.round === other.round;
}

function escalated(
  { policy, step, round }: NextStep,
  { people, failures }: FoundPeople,
  { clock, jamie }: IncidentDesk,
): IncidentEvent {
  return {
    type: 'escalated',
    time: timeOf(clock),
    actor: jamie,
    policy,
    step,
    round,
    to: people.slice(0, incidentBounds.responders),
    why: keptText(failures.join(' ')),
  };
}

/**
 * Does what is due of an incident's escalation: writes down who is told, and those who follow tell them. What another
 * process, or this one before a restart, has done is not done again. Gives when to look again, in milliseconds since 1970.
 */
export async function escalate(
  id: string,
  { policies, find }: Escalating,
  signal: AbortSignal,
  desk: IncidentDesk,
): Promise<number | undefined> {
  const {
    store: { incidents: journal },
    clock,
  } = desk;
  for (;;) {
    const { due, again } = escalationNow(await readIncident(journal, id), policies, clock.now());
    if (due === undefined) return again;
    const found = await find(due.tell, signal);
    if (found.people.length === 0 && found.failures.length > 0 && clock.now() - due.at < patience) {
      return clock.now() + pause;
    }
    await changeIncident(journal, id, (present) =>
      isSameStep(nextStep(present, policies), due) ? [escalated(due, found, desk)] : [],
    );
  }
}
