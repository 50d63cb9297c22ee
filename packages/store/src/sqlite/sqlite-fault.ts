import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';

/** SQLite's primary result codes that mean something to people (https://sqlite.org/rescode.html). */
const names: Readonly<Record<number, string>> = {
  5: 'BUSY',
  6: 'LOCKED',
  8: 'READONLY',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  23: 'AUTH',
  26: 'NOTADB',
};

/** `BUSY`, `FULL`, ... of an error of either module; undefined when it is none of SQLite's. */
export function resultOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // better-sqlite3 names the extended code (SQLITE_IOERR_WRITE), Node gives its number, whose low byte is the primary.
  if (typeof errcode === 'number') return names[errcode & 0xff] ?? 'ERROR';
  if (typeof code === 'string' && code.startsWith('SQLITE_')) return code.split('_')[1];
  return undefined;
}

export function isBusy(error: unknown): boolean {
  const result = resultOf(error);
  return result === 'BUSY' || result === 'LOCKED';
}

const restore = remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`;

/** The sentence for what SQLite said of this file. What is none of SQLite's errors comes back as it is. */
export function sqliteFault(error: unknown, file: string): unknown {
  const cause = { cause: error };
  switch (resultOf(error)) {
    case undefined:
      return error;
    case 'BUSY':
    case 'LOCKED':
      return new AutoDevOpsError(
        'store.locked',
        `Another process holds ${file}; nothing was written.`,
        'Close what else uses it, or try again.',
        cause,
      );
    case 'FULL':
      return new AutoDevOpsError(
        'store.full',
        `There is no room left for ${file}; nothing was written. What is in it can still be read.`,
        'Free disk space, then try again.',
        cause,
      );
    case 'READONLY':
    case 'AUTH':
      return new AutoDevOpsError(
        'store.read-only',
        `${file} cannot be written; nothing was.`,
        'Give the user of this process the right to write the file and its folder.',
        cause,
      );
    case 'CORRUPT':
      return new AutoDevOpsError('store.corrupt', `${file} is damaged.`, restore, cause);
    case 'NOTADB':
      return new AutoDevOpsError(
        'store.corrupt',
        `${file} is not a database, or its beginning is damaged.`,
        remedy`Name another file, or: ${restore}`,
        cause,
      );
    case 'CANTOPEN':
      return new AutoDevOpsError(
        'store.unavailable',
        `${file} cannot be opened.`,
        'Look whether its folder exists and may be entered and written by the user of this process.',
        cause,
      );
    case 'IOERR':
      return new AutoDevOpsError(
        'store.unavailable',
        `The disk answered with an error for ${file}; nothing was written.`,
        'Look at the health of the disk.',
        cause,
      );
    default:
      return new AutoDevOpsError(
        'internal',
        `The store asked SQLite for something that it refuses.`,
        'Report this, with what you did.',
        cause,
      );
  }
}
