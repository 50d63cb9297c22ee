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

async function withConnection(log: (file: string) => LogFlusher, use: (connection: SqliteConnection) => Promise<void>): Promise<void> {
  const file = join(folder, `${(files += 1)}.db`);
  const driver = await openDatabase({ file, customer: 'local', open: openBetterSqlite3, migrations: sqliteMigrations, busyMilliseconds: 1000 });
  const connection = sqliteConnection({ file, driver, busyMilliseconds: 1000, log: log(file) });
  try {
    await use(connection);
  } finally {
    await connection.close();
  }
}

const put = async (connection: SqliteConnection, name: string): Promise<number> => await connection.write((db) => db.run("INSERT INTO setting (name, value) VALUES (?, '1')", name));
const names = async (connection: SqliteConnection): Promise<readonly unknown[]> => (await connection.read((db) => db.all('SELECT name FROM setting ORDER BY name'))).map(({ name }) => name);

describe('a write', () => {
  it('is answered when it is on the disk, and not before; meanwhile others are read, and gathered for the next commit', async () => {
    const flushes: PromiseWithResolvers<void>[] = [];
    const flush = async (): Promise<void> => {
      const one = Promise.withResolvers<void>();
      flushes.push(one);
      await one.promise;
    };
    await withConnection(() => ({ flush, close: async () => {} }), async (connection) => {
      const answered: string[] = [];
      const write = async (name: string): Promise<void> => {
        await put(connection, name);
        answered.push(name);
      };
      const writes = [write('a')];
      while (flushes.length < 1) await new Promise((resolve) => setImmediate(resolve));
      writes.push(write('b'), write('c'));
      expect([await names(connection), answered]).toEqual([['a'], []]);
      flushes[0]?.resolve();
      while (flushes.length < 2) await new Promise((resolve) => setImmediate(resolve));
      expect([await names(connection), answered]).toEqual([['a', 'b', 'c'], ['a']]);
      flushes[1]?.resolve();
      await Promise.all(writes);
      expect(flushes).toHaveLength(2);
    });
  });

  it('that the disk failed is refused, and so is every one after it; what is there can be read', async () => {
    let flushed = 0;
    const flush = async (): Promise<void> => {
      flushed += 1;
      if (flushed === 2) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
    };
    await withConnection(() => ({ flush, close: async () => {} }), async (connection) => {
      await put(connection, 'a');
      const refused = { code: 'store.unavailable', message: expect.stringContaining('may be lost') as string };
      expect(await Promise.allSettled([put(connection, 'b'), put(connection, 'c')])).toMatchObject([{ reason: refused }, { reason: refused }]);
      await expect(put(connection, 'd')).rejects.toMatchObject(refused);
      expect(await names(connection)).toContain('a');
      expect(await names(connection)).not.toContain('d');
      expect(flushed).toBe(2);
    });
  });
});

it('the log that is flushed is the one that SQLite writes to', async () => {
  await withConnection(logFlusher, async (connection) => {
    await put(connection, 'a');
    expect(await names(connection)).toEqual(['a']);
  });
  await expect(logFlusher(join(folder, 'nowhere.db')).flush()).rejects.toMatchObject({ code: 'ENOENT' });
});
