import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import {
  aMoment,
  claimed,
  claimedKeys,
  deliver,
  deliverOnce,
  inbound,
  wanted,
} from '@autodevops/testkit/bot-store-conformance-samples';
import { runSql, startTestServer } from '../../postgres/testing/test-server.ts';
import type { TestServer } from '../../postgres/testing/test-server.ts';
import { migratePostgresBot } from './postgres-bot-migrate.ts';
import { openPostgresBotStore } from './postgres-bot-store.ts';
import { brokenHeads } from './testing/broken-heads.ts';

let server: TestServer;
let store: BotStore;

beforeAll(async () => {
  server = await startTestServer();
  await migratePostgresBot({ address: server.owner, runtimeRole: 'autodevops_app' });
  store = await openPostgresBotStore({ address: server.runtime, poolSize: 6 });
}, 60_000);
beforeEach(() => runSql(server.owner, 'TRUNCATE autodevops_bot.event, autodevops_bot.message'));
afterAll(async () => {
  await store.close();
  await server.stop();
});

describe('a server that goes', () => {
  it('in the middle of work leaves nothing half, and nothing that was answered for is lost', async () => {
    const [accepted, settled]: [string[], string[]] = [[], []];
    const failures: unknown[] = [];
    const workers = ['a', 'b', 'c', 'd'].map(async (name) => {
      for (let n = 0; ; n += 1) {
        const id = `${name}-${n}`;
        try {
          await store.inbox.accept(inbound(id), { holder: name, milliseconds: 1 });
          accepted.push(id);
          await store.messages.want(
            [
              wanted(`${id}/root`, 'x', { customer: name }),
              wanted(`${id}/cause`, 'x', { customer: name, place: { parent: `${id}/root` } }),
            ],
            { id, holder: name },
          );
          settled.push(id);
          await deliverOnce(store, { holder: name });
        } catch (error) {
          failures.push(error);
          return;
        }
      }
    });
    while (settled.length < 40) await new Promise((resolve) => setImmediate(resolve));
    await server.crash();
    await Promise.all(workers);
    for (const failure of failures) expect(failure).toMatchObject({ code: 'store.unavailable', reaction: 'retry' });
    await server.start();
    await aMoment();
    const open = new Set(
      (await store.inbox.claim({ holder: 'next', milliseconds: 60_000, limit: 1000 })).map(({ id }) => id),
    );
    expect(settled.filter((id) => open.has(id))).toEqual([]);
    for (const id of accepted) {
      const there = await Promise.all(
        ['root', 'cause'].map(async (name) => (await store.messages.byKey(`${id}/${name}`)) !== undefined),
      );
      expect(there).toEqual([!open.has(id), !open.has(id)]);
    }
    expect(await runSql(server.superuser, brokenHeads)).toEqual([]);
  });

  it('while nothing is asked of it does not end this process, and is there again when it is', async () => {
    await store.messages.want([wanted('a', 'one')]);
    await server.crash();
    await expect(store.messages.byKey('a')).rejects.toMatchObject({
      code: 'store.unavailable',
      message: 'The database cannot be reached.',
    });
    await expect(store.inbox.accept(inbound('e'))).rejects.toMatchObject({ code: 'store.unavailable' });
    await server.start();
    expect(await store.messages.byKey('a')).toMatchObject({ key: 'a' });
    expect(await store.inbox.accept(inbound('e'))).toBe(true);
  });

  it('is not noticed by who reads, when only connections were cut', async () => {
    await store.messages.byKey('a');
    await runSql(
      server.superuser,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'autodevops_app'",
    );
    expect(await store.messages.byKey('a')).toBeUndefined();
  });
});

describe('many replicas', () => {
  it('keep the order of every channel and give nothing twice, while messages come, go and come back', async () => {
    const replicas = [
      store,
      await openPostgresBotStore({ address: server.runtime, poolSize: 3 }),
      await openPostgresBotStore({ address: server.runtime, poolSize: 3 }),
    ];
    const posted: string[] = [];
    const onTheWay = new Set<string>();
    let isWanted = false;
    const producers = ['a', 'b'].map(async (customer, at) => {
      for (let n = 0; n < 40; n += 1) {
        await replicas[at]?.messages.want([
          wanted(`${customer}-${n}`, 'x', { customer, place: { channel: `C${n % 2}` } }),
        ]);
      }
    });
    const workers = replicas.map(async (replica, at) => {
      const holder = `w${at}`;
      for (let idle = 0; idle < 3;) {
        const messages = await claimed(replica, { holder, limit: 3 });
        idle = messages.length === 0 && isWanted ? idle + 1 : 0;
        for (const message of messages) {
          const place = `${message.customer} ${message.place.channel}`;
          expect(onTheWay.has(place)).toBe(false);
          onTheWay.add(place);
          await replica.messages.sending(message.key, holder);
          onTheWay.delete(place);
          posted.push(message.key);
          await deliver(replica, message, holder);
        }
      }
    });
    await Promise.all(producers);
    isWanted = true;
    await Promise.all(workers);
    await Promise.all(replicas.slice(1).map((replica) => replica.close()));
    for (const customer of ['a', 'b']) {
      for (const channel of [0, 1]) {
        expect(posted.filter((key) => key.startsWith(customer) && Number(key.slice(2)) % 2 === channel)).toEqual(
          Array.from({ length: 20 }, (_, n) => `${customer}-${2 * n + channel}`),
        );
      }
    }
  });

  it('pass over what another one is taking, and do not wait for it', async () => {
    await store.messages.want(['a', 'b'].map((key) => wanted(key, 'one', { place: { channel: key } })));
    const other = new Client(server.superuser as ClientConfig);
    await other.connect();
    await other.query("BEGIN; SELECT 1 FROM autodevops_bot.message WHERE key = 'a' FOR UPDATE");
    expect(await claimedKeys(store)).toEqual(['b']);
    await other.query('COMMIT');
    await other.end();
    expect(await claimedKeys(store)).toEqual(['a']);
  });

  it('begin a hold anew when something is sent', async () => {
    await store.messages.want([wanted('a', 'one')]);
    await claimed(store, { milliseconds: 60_000 });
    const heldUntil = async (): Promise<number> =>
      Number(
        (await runSql(server.superuser, "SELECT held_until FROM autodevops_bot.message WHERE key = 'a'"))[0]?.[
          'held_until'
        ],
      );
    const before = await heldUntil();
    await aMoment();
    await store.messages.sending('a', 'me');
    expect(await heldUntil()).toBeGreaterThan(before);
  });
});

describe('the runtime role', () => {
  it.each([
    'TRUNCATE autodevops_bot.message',
    'DROP TABLE autodevops_bot.note',
    'ALTER TABLE autodevops_bot.event DISABLE TRIGGER ALL',
    'CREATE TABLE autodevops_bot.mine (a integer)',
    'DELETE FROM autodevops_bot.lease',
    "INSERT INTO autodevops_bot.migration (number, name, hash) VALUES (9, 'x', 'x')",
    "SELECT setval('autodevops_bot.number', 1)",
  ])('may not: %s', async (sql) => {
    await expect(runSql(server.runtime, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('has to be bound: not the owner of the tables, not a superuser', async () => {
    for (const address of [server.owner, server.superuser]) {
      await expect(openPostgresBotStore({ address })).rejects.toMatchObject({
        code: 'config.invalid',
        message: expect.stringContaining('may not run as') as unknown,
      });
    }
  });

  it('is told so where there are no tables, or not yet all', async () => {
    await runSql(server.superuser, 'CREATE DATABASE empty OWNER autodevops_owner');
    const there = { ...server.runtime, database: 'empty' };
    await expect(openPostgresBotStore({ address: there })).rejects.toMatchObject({ code: 'config.invalid' });
    await Promise.all(
      [1, 2, 3].map(() =>
        migratePostgresBot({ address: { ...server.owner, database: 'empty' }, runtimeRole: 'autodevops_app' }),
      ),
    );
    const opened = await openPostgresBotStore({ address: there });
    await opened.close();
  });

  it('may only read where the database may only be read', async () => {
    await runSql(server.superuser, 'ALTER ROLE autodevops_app SET default_transaction_read_only = on');
    const standby = await openPostgresBotStore({ address: server.runtime });
    try {
      await expect(standby.inbox.accept(inbound('x'))).rejects.toMatchObject({ code: 'store.read-only' });
      expect(await standby.messages.byKey('a')).toBeUndefined();
    } finally {
      await standby.close();
      await runSql(server.superuser, 'ALTER ROLE autodevops_app RESET default_transaction_read_only');
    }
  });
});
