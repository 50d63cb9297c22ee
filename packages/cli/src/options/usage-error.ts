import { AutoDevOpsError } from '@autodevops/domain/errors';

/** The words on the command line are off: what is wrong with them, and what to type instead. */
export function usageError(what: string, remedy: string): AutoDevOpsError {
  return new AutoDevOpsError('usage', what, remedy);
}

/** "Did you mean --watch?", or where to find what there is. */
export function didYouMean(near: readonly string[], otherwise: string): string {
  return near.length === 0 ? otherwise : `Did you mean ${near.join(' or ')}?`;
}
