import { AutoDevOpsError } from '@autodevops/domain/errors';

/** A precondition that does not hold: what is so, and what to do instead. */
export function refuse(what: string, remedy: string): never {
  throw new AutoDevOpsError('change.refused', what, remedy);
}
