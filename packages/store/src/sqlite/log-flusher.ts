import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Brings onto the disk what was committed, while the process goes on with other things. */
export interface LogFlusher {
  /** Resolves when all that was committed before is on the disk. Waits where as many as may be are under way. */
  readonly flush: () => Promise<void>;
  /** Resolves when a flush would begin at once: until then what is written can be gathered. */
  readonly ready: () => Promise<void>;
  /** After the flushes that are under way. */
  readonly close: () => Promise<void>;
}

/**
 * What comes during a flush that takes long does not wait for its end: on a busy disk the second is on it much sooner
 * than both one after the other. More would wait for one another.
 */
const atOnce = 2;

/**
 * Of a database in WAL mode with `synchronous = NORMAL`: a commit is in the log then, whole and in its order, and the
 * log has to be flushed before the power may fail. SQLite would do so itself with FULL, and hold up the process
 * meanwhile. What a checkpoint has moved is on the disk already: it flushes log and database by itself.
 */
export function logFlusher(file: string): LogFlusher {
  // Nothing locks the log, so other descriptors of it may be opened and closed (https://sqlite.org/lockingv3.html is
  // about the database itself). It stays the same file while the database is open. Each flush has one of its own, open
  // before the first: the system tells an error of the disk to each of them, and to each once.
  let opening: Promise<readonly FileHandle[]> | undefined;
  const logs = async (): Promise<readonly FileHandle[]> =>
    await (opening ??= Promise.all(Array.from({ length: atOnce }, async () => await open(`${file}-wal`, 'r+'))));
  const free = Array.from({ length: atOnce }, (_, place) => place);
  const underWay = new Set<Promise<void>>();
  const ready = async (): Promise<void> => {
    while (free.length === 0) await Promise.race(underWay);
  };
  const flushAt = async (place: number): Promise<void> => {
    try {
      await (await logs())[place]?.datasync();
    } finally {
      free.push(place);
    }
  };
  return {
    ready,
    flush: async () => {
      while (free.length === 0) await ready();
      const flushing = flushAt(free.pop() ?? 0);
      const ended = flushing.catch(() => undefined).finally(() => underWay.delete(ended));
      underWay.add(ended);
      await flushing;
    },
    close: async () => {
      await Promise.all(underWay);
      for (const log of (await opening?.catch(() => [])) ?? []) await log.close();
    },
  };
}
