import type { Actor } from '@autodevops/domain/change/actor';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentEvent, IncidentPerson } from '@autodevops/domain/incident/incident-event';
import type { Incident, IncidentEscalation, ToldPerson } from '@autodevops/domain/incident/incident';

/** Two accounts of one person are one. */
export function isSame(
  one: Pick<IncidentPerson, 'account' | 'person'>,
  other: Pick<Actor, 'account' | 'person'>,
): boolean {
  return one.person === '' || other.person === ''
    ? one.account !== '' && one.account === other.account
    : one.person === other.person;
}

function withTold(told: readonly ToldPerson[], to: readonly IncidentPerson[], at: string): ToldPerson[] {
  const isTold = (person: IncidentPerson): boolean =>
    told.some(
      (one) =>
        isSame(one.to, person) || (person.account === '' && one.to.account === '' && one.to.name === person.name),
    );
  return [
    ...told,
    ...to.filter((person) => !isTold(person)).map((person) => ({ to: person, at, answeredAt: '' })),
  ].slice(0, incidentBounds.told);
}

/** How far an escalation has gone after one more step. */
export function escalated(
  before: IncidentEscalation | undefined,
  { policy, step, round, time, to }: Extract<IncidentEvent, { type: 'escalated' }>,
): IncidentEscalation {
  return { policy, step, round, at: time, reached: to.length > 0, told: withTold(before?.told ?? [], to, time) };
}

/** The escalation when somebody does something for the incident: whoever was told, and does, has answered. */
export function answered(
  escalation: IncidentEscalation,
  { actor, time }: Pick<IncidentEvent, 'actor' | 'time'>,
): IncidentEscalation {
  if (actor.kind !== 'person') return escalation;
  return {
    ...escalation,
    told: escalation.told.map((one) =>
      one.answeredAt === '' && isSame(one.to, actor) ? { ...one, answeredAt: time } : one,
    ),
  };
}

/** Whoever was told and has not answered. */
export function unanswered({ escalation }: Pick<Incident, 'escalation'>): readonly IncidentPerson[] {
  return (escalation?.told ?? []).filter(({ answeredAt }) => answeredAt === '').map(({ to }) => to);
}
