import { statSync } from 'node:fs';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { batchQueue } from '@autodevops/domain/batch-queue';
import type { Settled } from '@autodevops/domain/batch-queue';
import type { SqliteDriver } from './driver/driver.ts';
import { logFlusher } from './log-flusher.ts';
import type { LogFlusher } from './log-flusher.ts';
import { patiently } from './patience.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { statements } from './statements.ts';
import type { Statements } from './statements.ts';

/** Runs inside a transaction and may be run again when that one failed: it touches nothing but the database. */
export type Work<T> = (db: Statements) => T;

/**
 * The one connection of this process to a store's file. Work that is given at the same time shares one commit, which is
 * on the disk when it is answered. What is read in between may be on its way there still: whoever acts on it writes that
 * down first, and the log keeps to the order.
 */
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
  /** For tests: another way onto the disk. */
  readonly log?: LogFlusher;
}

function fileIdentity(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}

function closed(): AutoDevOpsError {
  return new AutoDevOpsError('store.unavailable', 'The store is closed.', 'Open it again.');
}

function gone(file: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.unavailable',
    `${file} was moved or removed while it was open; nothing was written.`,
    'Put the file back or restore the newest backup, then start again.',
  );
}

function unflushed(file: string, cause: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.unavailable',
    `The disk answered with an error for ${file}: what was written last may be lost.`,
    'Look at the health of the disk, then start again.',
    { cause },
  );
}

/** What a job gave, which is answered when the flush is done. */
interface Written {
  readonly value: unknown;
  readonly flushed: Promise<void>;
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

export function sqliteConnection({
  file,
  driver,
  busyMilliseconds,
  log = logFlusher(file),
}: ConnectionOptions): SqliteConnection {
  driver.exec('PRAGMA synchronous = NORMAL');
  const db = statements(driver);
  const identity = fileIdentity(file);
  let open = true;
  let failed: AutoDevOpsError | undefined;

  /** A disk that failed once may say the next time that all is well, and have lost what came before: nothing is written after that. */
  async function flush(): Promise<void> {
    await log.flush().catch((error: unknown) => {
      failed = unflushed(file, error);
      throw failed;
    });
  }

  /** Ends when the next commit may begin: as long as no more can be flushed, those who come are gathered for it. */
  async function commit(jobs: readonly Work<unknown>[]): Promise<readonly Settled<Written>[]> {
    if (failed !== undefined) throw failed;
    // A file that was removed takes writes as before, and loses them.
    if (fileIdentity(file) !== identity) throw gone(file);
    try {
      await patiently(busyMilliseconds, () => db.run('BEGIN IMMEDIATE'));
      const outcomes = jobs.map((job) => runJob(db, job));
      db.run('COMMIT');
      const flushed = flush();
      // Where every job was refused, nobody waits for it.
      flushed.catch(() => undefined);
      await log.ready();
      return outcomes.map((outcome) => ('value' in outcome ? { value: { value: outcome.value, flushed } } : outcome));
    } catch (error) {
      if (driver.inTransaction) db.run('ROLLBACK');
      throw sqliteFault(error, file);
    }
  }

  // What fails a commit may be the fault of one.
  const queue = batchQueue(commit, {
    alone: (error) => !(error instanceof AutoDevOpsError && error.code === 'store.locked'),
  });
  return {
    write: async <T>(work: Work<T>) => {
      if (!open) throw closed();
      const { value, flushed } = await queue.submit(work);
      await flushed;
      // What stands behind something that was lost in the log is lost with it.
      if (failed !== undefined) throw failed;
      return value as T;
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
      await log.close();
      driver.close();
    },
  };
}
