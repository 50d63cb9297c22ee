import { AutoDevOpsError } from '../errors.ts';

/** Whether a request cannot be planned as it is: it is none that an action reads, or must not be. Another way may be tried. */
export function isUnplannable(error: unknown): error is AutoDevOpsError {
  return error instanceof AutoDevOpsError && (error.code === 'change.invalid' || error.code === 'change.refused');
}
