import { usageError } from './usage-error.ts';

/** The sentence of --why. Throws `usage` where there is none. */
export function neededReason(why: string | undefined): string {
  const reason = why?.trim() ?? '';
  if (reason === '') throw usageError('This needs a reason.', 'Add --why "SENTENCE"; it is kept in the audit log.');
  return reason;
}
