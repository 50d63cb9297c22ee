import { likenessOf } from '@autodevops/domain/change/account-likeness';
import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';

/**
 * Throws `change.not-allowed` where an account, or the id of a person, looks like that of somebody else: one human could
 * be both, and give two yeses.
 */
export function refuseLookAlike(person: Pick<Person, 'id' | 'accounts'>, all: readonly Person[]): void {
  const own = new Map(person.accounts.map((account) => [likenessOf(account), account]));
  for (const other of all.filter(({ id }) => id !== person.id)) {
    const theirs = other.accounts.find((account) => own.has(likenessOf(account)));
    if (theirs !== undefined) {
      throw new AutoDevOpsError(
        'change.not-allowed',
        `The account ${own.get(likenessOf(theirs)) ?? ''} looks like ${theirs}, which is linked to ${other.name}.`,
        'If it is the same human, link it to that person; if not, let one of them have another account.',
      );
    }
    if (likenessOf(other.id) === likenessOf(person.id)) {
      throw new AutoDevOpsError(
        'change.not-allowed',
        `The person ${person.id} would look like ${other.id} (${other.name}).`,
        'Choose another id.',
      );
    }
  }
}
