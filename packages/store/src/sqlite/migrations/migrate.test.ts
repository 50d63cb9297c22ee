import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { migrationHash } from '../../migration.ts';
import type { Migration } from '../../migration.ts';
import { postgresMigrations } from '../../postgres/postgres-migrations.ts';
import { openBetterSqlite3 } from '../driver/better-sqlite3-driver.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { migrate } from './migrate.ts';
import { sqliteMigrations } from './migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const next = sqliteMigrations.length + 1;
const second: Migration = { number: next, name: 'second', sql: 'CREATE TABLE later (a INTEGER) STRICT' };
const third: Migration = {
  number: next + 1,
  name: 'third',
  sql: 'CREATE TABLE half (a INTEGER) STRICT; INSERT INTO half VALUES (1); SELECT nothing FROM nowhere;',
};

function tables(file: string): readonly unknown[] {
  const driver = openBetterSqlite3(file, { readOnly: true });
  try {
    return driver
      .prepare("SELECT name FROM sqlite_schema WHERE name IN ('later', 'half') ORDER BY name")
      .all()
      .map(({ name }) => name);
  } finally {
    driver.close();
  }
}

async function open(file: string, migrations: readonly Migration[]): Promise<void> {
  const store = await openSqliteStore({ file, migrations });
  await store.settings.put('opened', migrations.length, []);
  await store.close();
}

it('brings an older store up to date and keeps what is in it', async () => {
  const file = join(folder, 'older.db');
  const store = await openSqliteStore({ file });
  await store.settings.put('kept', 'yes', []);
  await store.close();
  await open(file, [...sqliteMigrations, second]);
  const again = await openSqliteStore({ file, migrations: [...sqliteMigrations, second] });
  expect([await again.settings.get('kept'), tables(file)]).toEqual(['yes', ['later']]);
  await again.close();
});

it('takes a store of the first version along, and remembers in it what the first did not know', async () => {
  const file = join(folder, 'first.db');
  const driver = openBetterSqlite3(file, { readOnly: false });
  await migrate(driver, { file, known: sqliteMigrations.slice(0, 1), busyMilliseconds: 1000 });
  driver.exec(
    'INSERT INTO memory (id, kind, thread, time, entry) VALUES (\'m\', \'note\', \'t\', \'2026-01-01\', \'{"id":"m","kind":"note","thread":"t","time":"2026-01-01","text":"kept","data":{}}\')',
  );
  driver.close();
  const store = await openSqliteStore({ file });
  await store.conversations.begin({ id: 'cnv-1', owners: ['ann'], workspace: '', title: 'New', time: '2026-01-02' });
  expect([
    (await store.memory.thread('t', { limit: 1 }))[0]?.text,
    await store.conversations.list(['ann'], { limit: 1 }),
  ]).toMatchObject(['kept', [{ title: 'New' }]]);
  await store.close();
});

it('does a step whole or not at all, and goes on with it next time', async () => {
  const file = join(folder, 'broken.db');
  await expect(open(file, [...sqliteMigrations, second, third])).rejects.toMatchObject({ code: 'internal' });
  expect(tables(file)).toEqual(['later']);
  await open(file, [...sqliteMigrations, second, { ...third, sql: 'CREATE TABLE half (a INTEGER) STRICT' }]);
  expect(tables(file)).toEqual(['half', 'later']);
});

it('is done once when many begin at the same time', async () => {
  const file = join(folder, 'race.db');
  await Promise.all(Array.from({ length: 8 }, () => open(file, [...sqliteMigrations, second])));
  expect(tables(file)).toEqual(['later']);
});

it('numbers its steps without a gap', () => {
  for (const list of [sqliteMigrations, postgresMigrations]) {
    expect(list.map(({ number }) => number)).toEqual(list.map((_, at) => at + 1));
  }
});

// A store keeps the hash of each step that made it: a released step is never edited, a new one is added behind it.
it.each([
  ['SQLite', sqliteMigrations, ['da609b29d2708c69', '557c34361393f9ff', 'd484aaedee8442cc']],
  ['PostgreSQL', postgresMigrations, ['dd33a600f2a6fa9a', '95fc33020cb548b3', 'a2634b34496486f1']],
] as const)('the released steps of %s are as they were released', (_name, migrations, hashes) => {
  expect(migrations.map((step) => migrationHash(step).slice(0, 16))).toEqual(hashes);
});
