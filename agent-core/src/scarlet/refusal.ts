import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';

/** A precondition that does not hold: what is so, and what to do instead. */
export function refuse(what: string, remedy: string | RemedyParts): never {
  throw new AutoDevOpsError('change.refused', what, remedy);
}

/** A request that no action reads: what is not right about it, and what would be. Nobody denies it; there is nothing to deny. */
export function malformed(what: string, remedy: string | RemedyParts): never {
  throw new AutoDevOpsError('change.invalid', what, remedy);
}
