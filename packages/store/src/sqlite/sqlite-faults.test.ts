import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import { auditEntry, outboxEvent, proposed } from '@autodevops/testkit/store-conformance-samples';
import { openBetterSqlite3 } from './driver/better-sqlite3-driver.ts';
import type { OpenDriver, SqliteDriver } from './driver/driver.ts';
import { openNodeSqlite } from './driver/node-sqlite-driver.ts';
import { sqliteMigrations } from './migrations/migrations.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { SqliteOptions } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let file: string;
let files = 0;
beforeEach(() => {
  file = join(folder, `${(files += 1)}`, 'store.db');
});

async function withStore<T>(use: (store: Store) => Promise<T>, options: Partial<SqliteOptions> = {}): Promise<T> {
  const store = await openSqliteStore({ file, busyMilliseconds: 50, ...options });
  return use(store).finally(() => store.close());
}

function withDriver<T>(use: (driver: SqliteDriver) => T, open: OpenDriver = openBetterSqlite3): T {
  const driver = open(file, { readOnly: false });
  try {
    return use(driver);
  } finally {
    driver.close();
  }
}

const opening = (options: Partial<SqliteOptions> = {}): Promise<unknown> => withStore(() => Promise.resolve(), options);

function append(store: Store, id: string, text = ''): Promise<void> {
  return store.changes.append({
    id,
    after: 0,
    events: [proposed(id)],
    audit: [auditEntry(id, { details: { text } })],
    outbox: [outboxEvent(id)],
  });
}

async function ids(store: Store): Promise<readonly string[]> {
  const [journals, rows, events] = [
    await store.changes.list({ limit: 1000 }),
    await store.audit.rows({ from: 1, limit: 1000 }),
    await store.outbox.after(0, 1000),
  ];
  const list = journals.map(({ id }) => id).toReversed();
  expect(rows.map(({ entry }) => entry.subject)).toEqual(list);
  expect(events.map(({ subject }) => subject)).toEqual(list);
  return list;
}

describe.each([
  ['better-sqlite3', openBetterSqlite3],
  ['node:sqlite', openNodeSqlite],
] as const)('by %s', (_name, driver) => {
  it('a full disk refuses writes with a sentence, keeps nothing half and can be read', async () => {
    const maxBytes = 400_000;
    const refused = await withStore(
      async (store) => {
        for (let n = 0; n < 100; n += 1) {
          const failure = await append(store, `chg-${n}`, 'x'.repeat(20_000)).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (failure === undefined) continue;
          expect(await ids(store)).toHaveLength(n);
          return failure;
        }
        return undefined;
      },
      { driver, maxBytes },
    );
    expect(refused).toMatchObject({
      code: 'store.full',
      message: `There is no room left for ${file}; nothing was written. What is in it can still be read.`,
    });
    await withStore((store) => append(store, 'with room again'), { driver });
  });

  it('a full disk does not refuse the small for the sake of the large that was asked for at the same time', async () => {
    await withStore(
      async (store) => {
        const asked = await Promise.allSettled([
          append(store, 'small'),
          append(store, 'large', 'x'.repeat(600_000)),
          append(store, 'small too'),
        ]);
        expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(await ids(store)).toEqual(['small', 'small too']);
      },
      { driver, maxBytes: 400_000 },
    );
  });

  it('a file that another process holds is waited for, without holding up this one, and then refused', async () => {
    await withStore(
      async (store) => {
        const other = driver(file, { readOnly: false });
        other.exec('BEGIN IMMEDIATE');
        let ticks = 0;
        const ticking = setInterval(() => (ticks += 1), 5);
        await expect(append(store, 'locked out')).rejects.toMatchObject({
          code: 'store.locked',
          message: `Another process holds ${file}; nothing was written.`,
        });
        expect(ticks).toBeGreaterThan(0);
        clearInterval(ticking);
        const patient = append(store, 'waited');
        other.exec('COMMIT');
        other.close();
        await patient;
        expect(await ids(store)).toEqual(['waited']);
      },
      { driver, busyMilliseconds: 200 },
    );
  });

  it('a damaged file is refused', async () => {
    await withStore(
      async (store) => {
        for (let n = 0; n < 40; n += 1) await append(store, `chg-${n}`, 'x'.repeat(2000));
      },
      { driver },
    );
    const bytes = readFileSync(file);
    for (let page = 4; page * 4096 < bytes.length; page += 1) bytes.fill(0xa5, page * 4096, page * 4096 + 64);
    writeFileSync(file, bytes);
    await expect(opening({ driver })).rejects.toMatchObject({ code: 'store.corrupt', message: `${file} is damaged.` });
  });

  it('a file that is not a database, or not all of one, is refused', async () => {
    await opening({ driver });
    truncateSync(file, 10_000);
    await expect(opening({ driver })).rejects.toMatchObject({ code: 'store.corrupt' });
    writeFileSync(file, 'Dear diary, today I was mistaken for a database. '.repeat(100));
    await expect(opening({ driver })).rejects.toMatchObject({
      code: 'store.corrupt',
      message: `${file} is not a database, or its beginning is damaged.`,
    });
    expect(readFileSync(file, 'utf8')).toContain('Dear diary');
  });
});

/** With the rights of somebody whom the file does not belong to; root has all rights anyhow. */
async function unprivileged(work: () => Promise<void>): Promise<void> {
  const own = process.geteuid?.();
  if (own === 0) process.seteuid?.('nobody');
  try {
    await work();
  } finally {
    if (own === 0) process.seteuid?.(0);
  }
}

it.runIf(process.platform !== 'win32')('a file that may not be written says so', async () => {
  await withStore((store) => append(store, 'a'));
  const home = join(file, '..');
  for (const [path, mode] of [
    [folder, 0o755],
    [home, 0o555],
    [file, 0o444],
  ] as const) {
    chmodSync(path, mode);
  }
  await unprivileged(() =>
    expect(opening({ driver: openBetterSqlite3 })).rejects.toMatchObject({
      code: 'store.read-only',
      message: `${file} cannot be written; nothing was.`,
    }),
  );
  chmodSync(home, 0o755);
});

it('a store that was made by a newer version is refused, and left as it is', async () => {
  await opening();
  const known = sqliteMigrations.length;
  withDriver((driver) => driver.exec(`INSERT INTO migration VALUES (${known + 1}, 'later', 'h', 't')`));
  await expect(opening()).rejects.toMatchObject({
    code: 'store.newer',
    message: `${file} was written by a newer version (schema ${known + 1}; this version knows ${known}).`,
  });
});

it('a store whose schema was made by something else is refused', async () => {
  await opening();
  withDriver((driver) => driver.exec("UPDATE migration SET hash = 'x'"));
  await expect(opening()).rejects.toMatchObject({ code: 'store.corrupt' });
});

it('a database of another program is refused, and left as it is', async () => {
  await opening();
  rmSync(file);
  withDriver((driver) => driver.exec('CREATE TABLE theirs (a INTEGER)'));
  await expect(opening()).rejects.toMatchObject({
    code: 'store.corrupt',
    message: `${file} is a database of another program.`,
  });
  expect(withDriver((driver) => driver.prepare('SELECT name FROM sqlite_schema').all())).toEqual([{ name: 'theirs' }]);
});

it('a store of another customer is refused', async () => {
  await opening({ customer: 'acme' });
  await expect(opening({ customer: 'other' })).rejects.toMatchObject({
    code: 'config.invalid',
    message: `${file} is the store of another customer.`,
  });
});

it('a file that is removed or exchanged while it is open takes no more writes', async () => {
  await withStore(async (store) => {
    await append(store, 'a');
    renameSync(file, `${file}.away`);
    await expect(append(store, 'b')).rejects.toMatchObject({
      code: 'store.unavailable',
      message: `${file} was moved or removed while it was open; nothing was written.`,
    });
    writeFileSync(file, '');
    await expect(append(store, 'b')).rejects.toMatchObject({ code: 'store.unavailable' });
    renameSync(`${file}.away`, file);
    await append(store, 'b');
    expect(await ids(store)).toEqual(['a', 'b']);
  });
});

it('a store that was closed takes and gives nothing', async () => {
  const store = await openSqliteStore({ file });
  const last = append(store, 'last');
  await store.close();
  await last;
  await expect(append(store, 'late')).rejects.toMatchObject({
    code: 'store.unavailable',
    message: 'The store is closed.',
  });
  await expect(store.audit.head()).rejects.toBeInstanceOf(AutoDevOpsError);
  await store.close();
});

it.runIf(process.platform !== 'win32')("a store is its owner's alone, with what SQLite puts beside it", async () => {
  await withStore(async (store) => {
    await append(store, 'a');
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777, path).toBe(0o600);
  });
});

it.each([
  "UPDATE audit SET entry = '{}'",
  'DELETE FROM audit',
  "INSERT OR REPLACE INTO audit VALUES (1, printf('%064d', 0), 'h', '{}')",
  "INSERT INTO audit VALUES (3, 'h', 'h', '{}')",
  "UPDATE journal_event SET event = '{}'",
  'DELETE FROM journal_event',
  'DELETE FROM outbox',
])('the database itself refuses: %s', async (sql) => {
  await withStore((store) => append(store, 'a'));
  expect(() => withDriver((driver) => driver.exec(sql))).toThrow(/never|follows/);
  await withStore(async (store) => expect(await ids(store)).toEqual(['a']));
});

it('a process that is killed while it writes leaves nothing half, and nothing that it answered for is lost', async () => {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./testing/append-until-killed.ts')), file],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: 30_000 },
  );
  const answered = new Map<string, number>();
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [id = '', count] = line.split(' ');
    answered.set(id, Number(count));
    lines += 1;
    if (lines === 100) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await withStore(async (store) => {
    const rows = await store.audit.rows({ from: 1, limit: 100_000 });
    const events = await store.outbox.after(0, 100_000);
    for (const [id, least] of answered) {
      const kept = (await store.changes.read(id)).length;
      expect(kept).toBeGreaterThanOrEqual(least);
      expect(rows.filter(({ entry }) => entry.subject === id)).toHaveLength(kept);
      expect(events.filter(({ subject }) => subject === id)).toHaveLength(kept);
    }
  });
});
