import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { withAccount, withoutAccount } from '@autodevops/domain/change/person';
import type { Person } from '@autodevops/domain/change/person';
import type { People } from '@autodevops/domain/ports/store';
import { chained, conflict, copied } from './state.ts';
import type { Session } from './state.ts';

export function peopleIn({ state, write }: Session): People {
  const owner = (account: string) => [...state.people.values()].find(({ accounts }) => accounts.includes(account));
  const rewrite = (person: Person | undefined, audit: AuditEntry): Person | undefined => {
    if (person === undefined) return undefined;
    const rows = chained(state, [audit]);
    state.people.set(person.id, copied(person));
    state.audit.push(...rows);
    return copied(person);
  };
  return {
    list: async () => copied([...state.people.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))),
    byAccount: async (account) => copied(owner(account)),
    put: (person, audit) =>
      write('people', () => {
        const taken = person.accounts.find((account) => ![undefined, person.id].includes(owner(account)?.id));
        if (taken !== undefined) throw conflict(`The account ${taken} belongs to another person already.`);
        const rows = chained(state, [audit]);
        state.people.set(person.id, copied(person));
        state.audit.push(...rows);
      }),
    link: (id, account, audit) =>
      write('people', () => {
        if (![undefined, id].includes(owner(account)?.id)) {
          throw conflict(`The account ${account} belongs to another person already.`);
        }
        const person = state.people.get(id);
        return rewrite(person === undefined ? undefined : withAccount(person, account), audit);
      }),
    unlink: (id, account, audit) =>
      write('people', () => {
        const person = state.people.get(id);
        return rewrite(
          person?.accounts.includes(account) === true ? withoutAccount(person, account) : undefined,
          audit,
        );
      }),
    remove: (id, audit) =>
      write('people', () => {
        const rows = chained(state, [audit]);
        state.people.delete(id);
        state.audit.push(...rows);
      }),
  };
}
