import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Brings onto the disk what was committed, while the process goes on with other things. */
export interface LogFlusher {
  /** Resolves when all that was committed before is on the disk. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Of a database in WAL mode with `synchronous = NORMAL`: a commit is in the log then, whole and in its order, and the
 * log has to be flushed before the power may fail. SQLite would do so itself with FULL, and hold up the process
 * meanwhile. What a checkpoint has moved is on the disk already: it flushes log and database by itself.
 */
export function logFlusher(file: string): LogFlusher {
  let opening: Promise<FileHandle> | undefined;
  // Nothing locks the log, so another descriptor of it may be opened and closed (https://sqlite.org/lockingv3.html is
  // about the database itself). It stays the same file while the database is open.
  const log = async (): Promise<FileHandle> => await (opening ??= open(`${file}-wal`, 'r+'));
  return {
    flush: async () => await (await log()).datasync(),
    close: async () => await (await opening?.catch(() => undefined))?.close(),
  };
}
