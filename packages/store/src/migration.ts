import { hash } from 'node:crypto';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';

/** A step of the schema, forwards only. A step that was released is never edited: its hash is kept with the data. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
}

export function migrationHash({ sql }: Migration): string {
  return hash('sha256', sql, 'hex');
}

/** Throws where what was done in a database is not the beginning of what this program would do. `where` names it to people. */
export function checkHistory(where: string, done: readonly AppliedMigration[], known: readonly Migration[]): void {
  const newest = done.at(-1)?.number ?? 0;
  if (newest > known.length) {
    throw new AutoDevOpsError(
      'store.newer',
      `${where} was written by a newer version (schema ${newest}; this version knows ${known.length}).`,
      'Update Auto-DevOps, or use another store.',
    );
  }
  for (const [at, row] of done.entries()) {
    const mine = known[at];
    if (mine !== undefined && row.number === mine.number && row.hash === migrationHash(mine)) continue;
    throw new AutoDevOpsError(
      'store.corrupt',
      `The schema of ${where} is not one that this program made: step ${row.number} (${row.name}) differs.`,
      remedy`Restore the newest backup: ${{ do: 'restore-store' }}.`,
    );
  }
}
