import { AutoDevOpsError } from './errors.ts';

/** What every port throws when its caller's signal says stop. */
export function interrupted(): AutoDevOpsError {
  return new AutoDevOpsError('interrupted', 'Interrupted.', 'Start it again when you are ready.');
}

/** Throws `interrupted` once the signal says stop. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}
