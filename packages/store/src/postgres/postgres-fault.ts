import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';

/** SQLSTATE of an error of PostgreSQL, or the code of one of the system; empty for others. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

/** The server is going, not there, or the connection broke (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|57P0|53[034]|E[A-Z_]+$)/.test(code)) return true;
  // pg gives these no code.
  return (
    code === '' &&
    error instanceof Error &&
    /terminated|timeout|Connection ended|not queryable|closed/i.test(error.message)
  );
}

/** Whether this statement, and not the connection or the server, is what failed. */
export function isOwnFault(error: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(error));
}

const again = 'Look whether the database is up and reachable, then try again.';

function lost(error: unknown, writing: boolean): AutoDevOpsError {
  const what = writing
    ? 'The connection to the database broke while writing: all of it was written, or nothing. Reading shows which.'
    : 'The database cannot be reached.';
  return new AutoDevOpsError('store.unavailable', what, again, { cause: error });
}

/** The sentence for what PostgreSQL said. What is none of its errors comes back as it is. */
export function postgresFault(error: unknown, writing: boolean): unknown {
  if (error instanceof AutoDevOpsError) return error;
  const [code, cause] = [codeOf(error), { cause: error }];
  if (code === '53100') {
    return new AutoDevOpsError(
      'store.full',
      'The database has no room left; nothing was written. What is in it can still be read.',
      'Free disk space of the database, then try again.',
      cause,
    );
  }
  if (isLost(error)) return lost(error, writing);
  if (code === '55P03') {
    return new AutoDevOpsError(
      'store.locked',
      'Another process holds what is to be written; nothing was written.',
      'Try again.',
      cause,
    );
  }
  if (code === '40001' || code === '40P01') {
    return new AutoDevOpsError(
      'store.locked',
      'The database gave way to another process; nothing was written.',
      'Try again.',
      cause,
    );
  }
  if (code === '25006') {
    return new AutoDevOpsError(
      'store.read-only',
      'This database may only be read (a standby, say); nothing was written.',
      'Connect to the primary.',
      cause,
    );
  }
  if (code.startsWith('XX00')) {
    return new AutoDevOpsError(
      'store.corrupt',
      'The database reports that its data is damaged.',
      remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
      cause,
    );
  }
  if (/^(28|3D)/.test(code)) {
    return new AutoDevOpsError(
      'config.invalid',
      'The database refuses this user, or does not exist.',
      'Correct user, password and name of the database.',
      cause,
    );
  }
  if (/^(42501|42P01|42883|3F000)$/.test(code)) {
    return new AutoDevOpsError(
      'config.invalid',
      'This user may not use the tables, or they are not there yet.',
      'Run the migrations as the owner of the database; they give this user its rights.',
      cause,
    );
  }
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return new AutoDevOpsError(
      'internal',
      'The store asked the database for something that it refuses.',
      'Report this, with what you did.',
      cause,
    );
  }
  return error;
}

/** Whether a read may simply be done again on another connection. */
export function mayReadAgain(error: unknown): boolean {
  return isLost(error);
}
