import type { Actor } from '@autodevops/domain/change/actor';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent, IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { answered } from './paging/told-people.ts';
import { isTakenUp } from './telling/metrics.ts';

/** Who an actor is in an incident. */
export function personOf({ account, person, name }: Actor): IncidentPerson {
  return { account, person, name };
}

type Standing = Pick<Incident, 'acknowledged' | 'escalation'>;
type Heard = {
  readonly [K in 'acknowledged' | 'escalation' | 'lastWordAt' | 'updateDueSince']?: Incident[K] | undefined;
};

/** By these a person says how it stands. */
const words: readonly IncidentEvent['type'][] = ['said', 'state-set', 'severity-set', 'customers-told', 'resolved'];

/** What it changes that this was said or done at all, whatever it says. `incident` is as the event has made it else. */
export function heard(
  { acknowledged, escalation }: { readonly [K in keyof Standing]?: Standing[K] | undefined },
  event: IncidentEvent,
): Heard {
  const { actor, time, type } = event;
  const saysHow = (actor.kind === 'person' && words.includes(type)) || type === 'reopened';
  return {
    ...(acknowledged === undefined && isTakenUp(event) ? { acknowledged: { by: personOf(actor), at: time } } : {}),
    ...(escalation === undefined ? {} : { escalation: answered(escalation, event) }),
    ...(saysHow ? { lastWordAt: time, updateDueSince: undefined } : {}),
  };
}
