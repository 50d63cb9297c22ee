import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import { auditEntry, memory, newTurn, outboxEvent, proposed } from '@autodevops/testkit/store-conformance-samples';
import { migrationHash } from '../migration.ts';
import { postgresConnection } from './postgres-connection.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { migratePostgres } from './postgres-migrate.ts';
import { postgresMigrations } from './postgres-migrations.ts';
import { openPostgresStore } from './postgres-store.ts';
import { runSql, startTestServer } from './testing/test-server.ts';
import type { TestServer } from './testing/test-server.ts';

let server: TestServer;
let acme: Store;
const tables = [
  'journal',
  'journal_key',
  'journal_event',
  'audit',
  'audit_checkpoint',
  'outbox',
  'lease',
  'person',
  'account',
  'setting',
  'memory',
  'conversation',
  'conversation_turn',
];

async function fill(store: Store): Promise<void> {
  await store.changes.append({
    id: 'chg-1',
    after: 0,
    events: [proposed('k')],
    audit: [auditEntry('chg-1')],
    outbox: [outboxEvent('chg-1')],
  });
  await store.audit.keepCheckpoint({ sequence: 1, hash: 'h', time: 't', key: 'k', signature: 's' });
  await store.leases.acquire('l', 'me', 60_000);
  await store.people.put({ id: 'ann', name: 'Ann', accounts: ['local:ann'], roles: [] }, auditEntry('ann'));
  await store.settings.put('s', 1, []);
  await store.memory.put(memory('m', 'a secret lesson'));
  await store.conversations.begin({
    id: 'cnv-1',
    owners: ['ann'],
    workspace: '',
    title: 'a secret',
    time: '2026-01-01T00:00:00.000Z',
  });
  await store.conversations.append('cnv-1', ['ann'], newTurn('secret'));
}

beforeAll(async () => {
  server = await startTestServer();
  acme = await openPostgresStore({ address: server.runtime, customer: 'acme' });
  await fill(acme);
}, 60_000);

afterAll(async () => {
  await acme.close();
  await server.stop();
});

/** A connection of the runtime role that names no customer, or this one, by hand. */
async function asRuntime<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(server.runtime as ClientConfig);
  await client.connect();
  return use(client).finally(() => client.end());
}

async function withConnection<T>(
  customer: string,
  poolSize: number,
  use: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const connection = postgresConnection({ address: server.runtime, customer, poolSize });
  return use(connection).finally(() => connection.close());
}

describe('customers on one database', () => {
  it('see nothing of one another through any part of the store', async () => {
    const other = await openPostgresStore({ address: server.runtime, customer: 'other' });
    try {
      const seen = [
        await other.changes.read('chg-1'),
        await other.changes.list({ limit: 10 }),
        await other.changes.byKey('k'),
        (await other.audit.head()).sequence,
        await other.audit.checkpoints(),
        await other.outbox.after(0, 10),
        await other.people.list(),
        await other.people.byAccount('local:ann'),
        await other.settings.get('s'),
        await other.memory.search('secret', { limit: 10 }),
        await other.memory.thread('t-1', { limit: 10 }),
        await other.conversations.list(['ann'], { limit: 10 }),
        await other.conversations.search('secret', ['ann'], { limit: 10 }),
        await other.conversations.read('cnv-1', ['ann'], { limit: 10 }),
        await other.conversations.prune({ before: '9', limit: 10 }),
        await other.outbox.prune({ before: '9', limit: 10 }),
      ];
      expect(seen).toEqual([[], [], undefined, 0, [], [], [], undefined, undefined, [], [], [], [], undefined, 0, 0]);
      await other.memory.forget('m');
      await other.people.remove('ann', auditEntry('ann'));
      expect(await other.leases.acquire('l', 'me', 60_000)).toMatchObject({ fence: 1 });
    } finally {
      await other.close();
    }
    expect(await acme.memory.search('secret', { limit: 10 })).toHaveLength(1);
    expect(await acme.people.list()).toHaveLength(1);
  });

  it.each(tables)('have rows of %s that a session without a customer does not see', async (table) => {
    const count = async (client: Client): Promise<unknown> =>
      (await client.query<{ n: string }>(`SELECT count(*) AS n FROM autodevops.${table}`)).rows[0]?.n;
    expect(
      Number(
        (await runSql(server.superuser, `SELECT count(*) AS n FROM autodevops.${table} WHERE customer = 'acme'`))[0]?.[
          'n'
        ],
      ),
    ).toBeGreaterThan(0);
    expect(await asRuntime(count)).toBe('0');
  });

  it.each(tables)(
    'have rows of %s that not even the owner of the tables sees without naming the customer',
    async (table) => {
      expect(await runSql(server.owner, `SELECT count(*) AS n FROM autodevops.${table}`)).toEqual([{ n: '0' }]);
    },
  );

  it('cannot be written for by another', async () => {
    await withConnection('other', 1, async (connection) => {
      const stolen = connection.write((query) =>
        query("INSERT INTO autodevops.setting (customer, name, value) VALUES ('acme', 'stolen', '1')"),
      );
      await expect(stolen).rejects.toMatchObject({ code: 'config.invalid' });
    });
    expect(await acme.settings.get('stolen')).toBeUndefined();
  });

  it('leave no trace of who they are on a connection', async () => {
    await withConnection('acme', 1, async (connection) => {
      await connection.read((query) => query('SELECT 1'));
      await connection.write((query) => query('SELECT 1'));
      await connection.write(() => Promise.reject(new Error('no'))).catch(() => undefined);
      const [row] = await connection.once(
        "SELECT current_setting('app.customer', true) AS customer, $1::text AS asked",
      );
      expect(row).toEqual({ customer: '', asked: 'acme' });
    });
  });

  it('need a name', async () => {
    await expect(openPostgresStore({ address: server.runtime, customer: '' })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });
});

describe('the roles of a database', () => {
  it.each(['superuser', 'owner'] as const)('let no store run as %s', async (role) => {
    const opened = openPostgresStore({ address: server[role], customer: 'acme' });
    await expect(opened).rejects.toMatchObject({
      code: 'config.invalid',
      message:
        'The store may not run as a superuser or as the owner of its tables: nothing would keep customers apart then.',
    });
  });

  it.each(['journal_event', 'audit'])('let nobody change or remove rows of %s, not even the owner', async (table) => {
    for (const change of [
      `UPDATE autodevops.${table} SET sequence = 9`,
      `DELETE FROM autodevops.${table}`,
      `TRUNCATE autodevops.${table}`,
    ]) {
      await expect(runSql(server.superuser, change)).rejects.toThrow(`rows of ${table} are never changed or removed`);
      await expect(runSql(server.runtime, change)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('let nobody remove the newest event of an outbox, from which cursors rise', async () => {
    const store = await openPostgresStore({ address: server.runtime, customer: 'outbox' });
    await store.settings.put('a', 1, [], [outboxEvent('a'), outboxEvent('b')]);
    await expect(runSql(server.superuser, "DELETE FROM autodevops.outbox WHERE customer = 'outbox'")).rejects.toThrow(
      'a cursor is never used twice',
    );
    await expect(runSql(server.superuser, 'TRUNCATE autodevops.outbox')).rejects.toThrow(
      'rows of outbox are never changed or removed',
    );
    expect(await store.outbox.after(0, 10)).toHaveLength(2);
    await store.close();
  });

  it('do not let the store touch its own tables and policies', async () => {
    for (const change of [
      'ALTER TABLE autodevops.audit DISABLE ROW LEVEL SECURITY',
      'DROP POLICY own ON autodevops.audit',
      'CREATE TABLE autodevops.more (a int)',
      "INSERT INTO autodevops.migration VALUES (9, '', '')",
    ]) {
      await expect(runSql(server.runtime, change)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('the tables of a database', () => {
  it('are made once, by whoever comes first', async () => {
    const runs = [1, 2, 3].map(() => migratePostgres({ address: server.owner, runtimeRole: 'autodevops_app' }));
    await Promise.all(runs);
    expect(await runSql(server.owner, 'SELECT number FROM autodevops.migration ORDER BY number')).toEqual(
      postgresMigrations.map(({ number }) => ({ number })),
    );
  });

  it('go on from the step that was broken off', async () => {
    const next = postgresMigrations.length + 1;
    const broken = { number: next, name: 'broken', sql: 'CREATE TABLE autodevops.half (a int); SELECT 1 / 0;' };
    const whole = { ...broken, sql: 'CREATE TABLE autodevops.half (a int);' };
    const run = (migration: typeof broken): Promise<void> =>
      migratePostgres({
        address: server.owner,
        runtimeRole: 'autodevops_app',
        migrations: [...postgresMigrations, migration],
      });
    await expect(run(broken)).rejects.toMatchObject({ code: 'internal' });
    expect(await runSql(server.owner, "SELECT to_regclass('autodevops.half') AS half")).toEqual([{ half: null }]);
    await run(whole);
    expect(await runSql(server.owner, `SELECT hash FROM autodevops.migration WHERE number = ${next}`)).toEqual([
      { hash: migrationHash(whole) },
    ]);
    await expect(openPostgresStore({ address: server.runtime, customer: 'acme' })).rejects.toMatchObject({
      code: 'store.newer',
      message: `The database was written by a newer version (schema ${next}; this version knows ${next - 1}).`,
    });
    await runSql(server.owner, `DELETE FROM autodevops.migration WHERE number = ${next}`);
  });

  it('are refused when a step is not the one that this program knows', async () => {
    await runSql(server.owner, "UPDATE autodevops.migration SET hash = 'x' WHERE number = 1");
    await expect(openPostgresStore({ address: server.runtime, customer: 'acme' })).rejects.toMatchObject({
      code: 'store.corrupt',
    });
    await runSql(
      server.owner,
      `UPDATE autodevops.migration SET hash = '${migrationHash(postgresMigrations[0] ?? { number: 1, name: '', sql: '' })}' WHERE number = 1`,
    );
  });

  it('are asked for in a sentence where there are none', async () => {
    await runSql(server.superuser, 'CREATE DATABASE empty');
    await expect(
      openPostgresStore({ address: { ...server.runtime, database: 'empty' }, customer: 'acme' }),
    ).rejects.toMatchObject({ code: 'config.invalid', message: 'The database has no tables of this program yet.' });
  });
});
