import type { Person } from '@autodevops/domain/change/person';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentPerson } from '@autodevops/domain/incident/incident-event';
import { keptText } from '../kept-text.ts';

const account = /^[a-z]+:[\w@./-]{1,100}$/;

/** People are told in Slack where they have an account there. */
function toldAs({ id, name, accounts }: Person): IncidentPerson {
  return { account: accounts.find((one) => one.startsWith('slack:')) ?? accounts[0] ?? '', person: id, name };
}

function isCalled({ id, name, accounts }: Person, who: string): boolean {
  return id === who || accounts.includes(who) || name.toLowerCase() === who.toLowerCase();
}

/**
 * Whom a schedule means: a linked person by id, account or name, or by what the configuration says that the schedule's
 * name stands for. Somebody who is not linked is told by account, or has a name and nothing more. A name that two people
 * have is nobody's.
 */
export function personCalled(
  who: string,
  people: readonly Person[],
  names: Readonly<Record<string, string>>,
): IncidentPerson {
  const meant = Object.hasOwn(names, who) ? (names[who] ?? who) : who;
  const called = people.filter((person) => isCalled(person, meant));
  const exact =
    called.find(({ id, accounts }) => id === meant || accounts.includes(meant)) ??
    (called.length === 1 ? called[0] : undefined);
  if (exact !== undefined) return toldAs(exact);
  return { account: account.test(meant) ? meant : '', person: '', name: keptText(meant, incidentBounds.title) };
}
