import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { isUserOfCluster } from './acting-as.ts';
import { refuseLookAlike } from './look-alike.ts';

export type LinkStore = Pick<Store, 'people' | 'settings' | 'audit'>;

export interface Asker {
  readonly actor: Actor;
  readonly now: number;
}

export interface LinkEntry extends Pick<AuditEntry, 'code' | 'subject' | 'says'> {
  readonly details?: AuditEntry['details'];
  readonly success?: boolean;
}

/** Of one person. */
const mostAccounts = 20;

export function linkEntry(
  { code, subject, says, details = {}, success = true }: LinkEntry,
  { actor, now }: Asker,
): AuditEntry {
  return { code, time: new Date(now).toISOString(), actor, onBehalfOf: '', subject, success, says, details };
}

/** Throws `change.not-allowed` for an account that nobody gets by showing something: it is somebody's, or a user of the cluster. */
export async function refuseTaken({ people }: Pick<LinkStore, 'people'>, account: string): Promise<void> {
  if (isUserOfCluster(account)) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${account} is a user of the cluster, as whom changes may be done.`,
      remedy`Let an administrator link it: ${{ do: 'add-person' }}.`,
    );
  }
  const taken = await people.byAccount(account);
  if (taken !== undefined) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${account} is linked to ${taken.name} already.`,
      remedy`If that is wrong, unlink it first: ${{ do: 'unlink-account' }}.`,
    );
  }
}

/**
 * Gives the asking account to a person, who keeps the roles that he has. Undefined where that person is gone meanwhile.
 * Throws `change.not-allowed` for an account that looks like somebody else's, and for one too many.
 */
export async function linkAccount(
  { people }: Pick<LinkStore, 'people'>,
  person: Person,
  { all, asker, entry }: { readonly all: readonly Person[]; readonly asker: Asker; readonly entry: LinkEntry },
): Promise<Person | undefined> {
  const {
    actor: { account },
  } = asker;
  refuseLookAlike({ id: person.id, accounts: [account] }, all);
  if (person.accounts.length >= mostAccounts) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${person.name} has ${mostAccounts} accounts already.`,
      remedy`Unlink one first: ${{ do: 'unlink-account' }}.`,
    );
  }
  return await people.link(person.id, account, linkEntry(entry, asker));
}
