import { readEmailAddress } from '@autodevops/domain/email-address';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Person } from '@autodevops/domain/change/person';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { refuseClosed } from './closed-accounts.ts';
import { linkAccount, refuseTaken } from './link-account.ts';
import type { Asker, LinkStore } from './link-account.ts';
import { refuseLookAlike } from './look-alike.ts';

/** What an address is called among a person's accounts. An administrator writes it there, and nobody else. */
const emailPrefix = 'email:';

/** Addresses of a person, as they are compared. */
function addressesOf({ accounts }: Person): readonly string[] {
  return accounts
    .filter((account) => account.startsWith(emailPrefix))
    .flatMap((account) => readEmailAddress(account.slice(emailPrefix.length))?.address ?? []);
}

function notLinked(what: string, remedy: string | RemedyParts): AutoDevOpsError {
  return new AutoDevOpsError('change.not-allowed', what, remedy);
}

function knownBy(address: string, all: readonly Person[]): Person {
  const known = all.filter((person) => addressesOf(person).includes(address));
  const [person] = known;
  if (person === undefined || known.length > 1) {
    throw notLinked(
      known.length > 1 ? `${address} is the address of more than one person here.` : `Nobody here has ${address}.`,
      `Let an administrator add the account ${emailPrefix}${address} to the one person whose it is, or link by a code.`,
    );
  }
  return person;
}

/**
 * Links the asking account to the one person who has the address that its surface vouches for (undefined: it vouches for
 * none that counts here). Roles are the person's: an address gives none. Throws `change.not-allowed`.
 */
export async function linkByEmail(store: LinkStore, vouched: string | undefined, asker: Asker): Promise<Person> {
  const {
    actor: { account, surface },
  } = asker;
  if (vouched === undefined) {
    throw notLinked(
      'There is no e-mail address by which this account may be linked.',
      remedy`Make a code with ${{ do: 'make-link-code' }}, or ask an administrator.`,
    );
  }
  const all = await store.people.list();
  const person = knownBy(vouched, all);
  // Asked again, after an answer that was lost.
  if (person.accounts.includes(account)) return person;
  await refuseTaken(store, account);
  await refuseClosed(store.settings, account);
  // The address, too: of two that look alike, one may be there to be taken for the other.
  refuseLookAlike({ id: person.id, accounts: [`${emailPrefix}${vouched}`] }, all);
  const says = `${account} was linked to ${person.name} by the address ${vouched}, for which ${surface} vouches.`;
  const entry = { code: 'PPL006' as const, subject: person.id, says, details: { account, email: vouched } };
  const linked = await linkAccount(store, person, { all, asker, entry });
  if (linked === undefined) throw notLinked(`${person.name} is not known here any more.`, 'Ask an administrator.');
  return linked;
}
