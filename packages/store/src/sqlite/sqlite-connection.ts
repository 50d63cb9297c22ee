import { statSync } from 'node:fs';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { batchQueue } from '../batch-queue.ts';
import type { Settled } from '../batch-queue.ts';
import type { SqliteDriver } from './driver/driver.ts';
import { patiently } from './patience.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { statements } from './statements.ts';
import type { Statements } from './statements.ts';

/** Runs inside a transaction and may be run again when that one failed: it touches nothing but the database. */
export type Work<T> = (db: Statements) => T;

/** The one connection of this process to a store's file. Work that is given at the same time shares one commit. */
export interface SqliteConnection {
  /** `work` throws an `AutoDevOpsError` to write nothing; that of others in the same commit is written nevertheless. */
  write<T>(work: Work<T>): Promise<T>;
  read<T>(work: Work<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly file: string;
  readonly driver: SqliteDriver;
  readonly busyMilliseconds: number;
}

function fileIdentity(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}

function closed(): AutoDevOpsError {
  return new AutoDevOpsError('store.unavailable', 'The store is closed.', 'Open it again.');
}

function gone(file: string): AutoDevOpsError {
  return new AutoDevOpsError('store.unavailable', `${file} was moved or removed while it was open; nothing was written.`, 'Put the file back or restore the newest backup, then start again.');
}

/** What a job refuses is taken back for itself; the others of its commit stay. */
function runJob(db: Statements, work: Work<unknown>): Settled<unknown> {
  db.run('SAVEPOINT one');
  try {
    const value = work(db);
    db.run('RELEASE one');
    return { value };
  } catch (error) {
    if (!(error instanceof AutoDevOpsError)) throw error;
    db.run('ROLLBACK TO one');
    db.run('RELEASE one');
    return { error };
  }
}

export function sqliteConnection({ file, driver, busyMilliseconds }: ConnectionOptions): SqliteConnection {
  const db = statements(driver);
  const identity = fileIdentity(file);
  let open = true;

  async function commit(jobs: readonly Work<unknown>[]): Promise<readonly Settled<unknown>[]> {
    // A file that was removed takes writes as before, and loses them.
    if (fileIdentity(file) !== identity) throw gone(file);
    try {
      await patiently(busyMilliseconds, () => db.run('BEGIN IMMEDIATE'));
      const outcomes = jobs.map((job) => runJob(db, job));
      db.run('COMMIT');
      return outcomes;
    } catch (error) {
      if (driver.inTransaction) db.run('ROLLBACK');
      throw sqliteFault(error, file);
    }
  }

  // What fails a commit may be the fault of one.
  const queue = batchQueue(commit, { alone: (error) => !(error instanceof AutoDevOpsError && error.code === 'store.locked') });
  return {
    write: async <T>(work: Work<T>) => {
      if (!open) throw closed();
      return (await queue.submit(work)) as T;
    },
    read: async (work) => {
      if (!open) throw closed();
      try {
        return await patiently(busyMilliseconds, () => work(db));
      } catch (error) {
        throw sqliteFault(error, file);
      }
    },
    close: async () => {
      if (!open) return;
      open = false;
      await queue.idle();
      driver.close();
    },
  };
}
