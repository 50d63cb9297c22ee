import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBetterSqlite3 } from './driver/better-sqlite3-driver.ts';
import { logFlusher } from './log-flusher.ts';
import type { LogFlusher } from './log-flusher.ts';
import { openDatabase } from './open-database.ts';
import { sqliteMigrations } from './migrations/migrations.ts';
import { sqliteConnection } from './sqlite-connection.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-connection-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function withConnection(
  log: (file: string) => LogFlusher,
  use: (connection: SqliteConnection) => Promise<void>,
): Promise<void> {
  const file = join(folder, `${(files += 1)}.db`);
  const driver = await openDatabase({
    file,
    customer: 'local',
    open: openBetterSqlite3,
    migrations: sqliteMigrations,
    busyMilliseconds: 1000,
  });
  const connection = sqliteConnection({ file, driver, busyMilliseconds: 1000, log: log(file) });
  try {
    await use(connection);
  } finally {
    await connection.close();
  }
}

const put = async (connection: SqliteConnection, name: string): Promise<number> =>
  await connection.write((db) => db.run("INSERT INTO setting (name, value) VALUES (?, '1')", name));
const names = async (connection: SqliteConnection): Promise<readonly unknown[]> =>
  (await connection.read((db) => db.all('SELECT name FROM setting ORDER BY name'))).map(({ name }) => name);

interface SlowDisk extends LogFlusher {
  /** Until so many flushes have begun. */
  readonly flushing: (count: number) => Promise<void>;
  readonly begun: () => number;
  readonly end: (flush: number, error?: Error) => void;
}

/** Two flushes at a time, each of which ends when it is told to. */
function slowDisk(): SlowDisk {
  const flushes: PromiseWithResolvers<void>[] = [];
  const underWay = new Set<Promise<void>>();
  return {
    flush: async () => {
      const one = Promise.withResolvers<void>();
      flushes.push(one);
      underWay.add(one.promise);
      await one.promise.finally(() => underWay.delete(one.promise));
    },
    ready: async () => {
      while (underWay.size > 1) await Promise.race(underWay).catch(() => undefined);
    },
    close: async () => {},
    flushing: async (count) => {
      while (flushes.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
    begun: () => flushes.length,
    end: (flush, error) => {
      if (error === undefined) flushes[flush]?.resolve();
      else flushes[flush]?.reject(error);
    },
  };
}

function answering(connection: SqliteConnection): {
  readonly answered: readonly string[];
  readonly write: (name: string) => Promise<void>;
} {
  const answered: string[] = [];
  return {
    answered,
    write: async (name) => {
      await put(connection, name);
      answered.push(name);
    },
  };
}

const broken = (): Error => Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });

describe('a write', () => {
  it('is answered when it is on the disk, and not before; meanwhile others are read', async () => {
    const disk = slowDisk();
    await withConnection(
      () => disk,
      async (connection) => {
        const { answered, write } = answering(connection);
        const writes = [write('a')];
        await disk.flushing(1);
        expect([await names(connection), answered]).toEqual([['a'], []]);
        disk.end(0);
        await Promise.all(writes);
        expect(answered).toEqual(['a']);
      },
    );
  });

  it('waits for no flush but its own; what comes while as many as may be are under way is gathered for the next', async () => {
    const disk = slowDisk();
    await withConnection(
      () => disk,
      async (connection) => {
        const { answered, write } = answering(connection);
        const writes = [write('a')];
        await disk.flushing(1);
        writes.push(write('b'));
        await disk.flushing(2);
        writes.push(write('c'), write('d'));
        disk.end(1);
        await disk.flushing(3);
        expect([await names(connection), answered]).toEqual([['a', 'b', 'c', 'd'], ['b']]);
        disk.end(0);
        disk.end(2);
        await Promise.all(writes);
        expect(disk.begun()).toBe(3);
      },
    );
  });

  it('that the disk failed is refused, and so is every one after it; what is there can be read', async () => {
    let flushed = 0;
    const flush = async (): Promise<void> => {
      flushed += 1;
      if (flushed === 2) throw broken();
    };
    await withConnection(
      () => ({ flush, ready: async () => {}, close: async () => {} }),
      async (connection) => {
        await put(connection, 'a');
        const refused = { code: 'store.unavailable', message: expect.stringContaining('may be lost') as string };
        expect(await Promise.allSettled([put(connection, 'b'), put(connection, 'c')])).toMatchObject([
          { reason: refused },
          { reason: refused },
        ]);
        await expect(put(connection, 'd')).rejects.toMatchObject(refused);
        expect(await names(connection)).toContain('a');
        expect(await names(connection)).not.toContain('d');
        expect(flushed).toBe(2);
      },
    );
  });

  it('that stands in the log behind one that the disk failed is refused with it, although its own flush went well', async () => {
    const disk = slowDisk();
    await withConnection(
      () => disk,
      async (connection) => {
        const first = put(connection, 'a');
        await disk.flushing(1);
        const second = put(connection, 'b');
        await disk.flushing(2);
        disk.end(0, broken());
        await expect(first).rejects.toMatchObject({ code: 'store.unavailable' });
        disk.end(1);
        await expect(second).rejects.toMatchObject({ code: 'store.unavailable' });
      },
    );
  });
});

it('the log that is flushed is the one that SQLite writes to', async () => {
  await withConnection(logFlusher, async (connection) => {
    await put(connection, 'a');
    expect(await names(connection)).toEqual(['a']);
  });
  await expect(logFlusher(join(folder, 'nowhere.db')).flush()).rejects.toMatchObject({ code: 'ENOENT' });
});

it('any number of flushes may be asked for at once, and what is under way ends before it is closed', async () => {
  await withConnection(
    (file) => {
      const log = logFlusher(file);
      return {
        ...log,
        flush: async () => void (await Promise.all(Array.from({ length: 20 }, async () => await log.flush()))),
      };
    },
    async (connection) => {
      await Promise.all(Array.from({ length: 50 }, async (_, index) => await put(connection, `n-${index}`)));
      expect(await names(connection)).toHaveLength(50);
    },
  );
});
