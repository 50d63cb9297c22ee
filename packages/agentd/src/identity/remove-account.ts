import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { closeAccounts } from './closed-accounts.ts';
import { linkEntry } from './link-account.ts';
import type { Asker, LinkStore } from './link-account.ts';

/**
 * Takes an account from who has it; one that somebody else took away, no e-mail address links again. Throws
 * `change.not-allowed` for somebody else's, `object.not-found` for nobody's.
 */
export async function removeAccount(
  { people, settings }: LinkStore,
  account: string,
  { mayAdminister, ...asker }: Asker & { readonly mayAdminister: boolean },
): Promise<Person> {
  const { actor } = asker;
  const owner = await people.byAccount(account);
  const own = owner !== undefined && (await people.byAccount(actor.account))?.id === owner.id;
  if (!own && !mayAdminister) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${actor.name} may unlink his own accounts only.`,
      'Ask who administers this agent.',
    );
  }
  if (owner !== undefined && !own) await closeAccounts(settings, [account]);
  const says = `${actor.name} unlinked ${account}${owner === undefined ? '' : ` from ${owner.name}`}.`;
  const left =
    owner === undefined
      ? undefined
      : await people.unlink(
          owner.id,
          account,
          linkEntry({ code: 'PPL005', subject: owner.id, says, details: { account } }, asker),
        );
  if (left === undefined) {
    throw new AutoDevOpsError(
      'object.not-found',
      `Nobody is linked to ${account}.`,
      remedy`${{ do: 'list-people' }} shows who is linked to what.`,
    );
  }
  return left;
}
