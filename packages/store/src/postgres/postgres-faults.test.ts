import { afterAll, beforeAll, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import { auditEntry, outboxEvent, proposed, verificationBegan } from '@autodevops/testkit/store-conformance-samples';
import { postgresFault } from './postgres-fault.ts';
import { openPostgresStore } from './postgres-store.ts';
import { runSql, startTestServer } from './testing/test-server.ts';
import type { TestServer } from './testing/test-server.ts';

let server: TestServer;
let store: Store;

beforeAll(async () => {
  server = await startTestServer();
  store = await openPostgresStore({ address: server.runtime, customer: 'acme', poolSize: 4 });
}, 60_000);

afterAll(async () => {
  await store.close();
  await server.stop();
});

function append(id: string, after: number): Promise<void> {
  return store.changes.append({
    id,
    after,
    events: [after === 0 ? proposed(id) : verificationBegan],
    audit: [auditEntry(id)],
    outbox: [outboxEvent(id)],
  });
}

/** What is kept of one journal in each of the places that are written together. */
async function kept(id: string): Promise<{ events: number; audit: number; outbox: number }> {
  const [rows, events] = [await store.audit.rows({ from: 1, limit: 10_000 }), await store.outbox.after(0, 10_000)];
  return {
    events: (await store.changes.read(id)).length,
    audit: rows.filter(({ entry }) => entry.subject === id).length,
    outbox: events.filter(({ subject }) => subject === id).length,
  };
}

it('a server that goes in the middle of writing leaves nothing half, and nothing that was answered for is lost', async () => {
  const acknowledged = new Map<string, number>();
  const failures: unknown[] = [];
  const writers = ['a', 'b', 'c', 'd', 'e', 'f'].map(async (id) => {
    for (let after = 0; ; after += 1) {
      try {
        await append(id, after);
        acknowledged.set(id, after + 1);
      } catch (error) {
        failures.push(error);
        return;
      }
    }
  });
  while ([...acknowledged.values()].reduce((sum, n) => sum + n, 0) < 60) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await server.crash();
  await Promise.all(writers);
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatchObject({ code: 'store.unavailable', reaction: 'retry' });

  await server.start();
  for (const [id, least] of acknowledged) {
    const { events, audit, outbox } = await kept(id);
    expect([audit, outbox]).toEqual([events, events]);
    // The last one may have been committed without its answer getting through; reading shows it, and no more than it.
    expect([least, least + 1]).toContain(events);
    await append(id, events);
  }
});

it('a server that goes while nothing is asked of it does not end this process, and is there again when it is', async () => {
  await store.settings.put('before', 1, []);
  await server.crash();
  await expect(store.settings.get('before')).rejects.toMatchObject({
    code: 'store.unavailable',
    message: 'The database cannot be reached.',
  });
  await server.start();
  expect(await store.settings.get('before')).toBe(1);
});

it('a connection that is cut while it waits is replaced without a word', async () => {
  await store.settings.get('before');
  await runSql(
    server.superuser,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'autodevops_app'",
  );
  expect(await store.settings.get('before')).toBe(1);
});

it('a lease that somebody takes over fences off who wrote under it, however close', async () => {
  const lease = await store.leases.acquire('l', 'me', 60_000);
  if (lease === undefined) throw new Error('The lease was not given.');
  await runSql(server.superuser, "UPDATE autodevops.lease SET expires_at = '-infinity'");
  const fenced = {
    id: 'fenced',
    after: 0,
    events: [proposed('fenced')],
    audit: [],
    outbox: [],
    fence: { lease: 'l', fence: lease.fence },
  };
  const [taken, written] = await Promise.allSettled([
    store.leases.acquire('l', 'you', 60_000),
    store.changes.append(fenced),
  ]);
  expect(taken).toMatchObject({ status: 'fulfilled', value: { fence: lease.fence + 1 } });
  expect(written).toMatchObject({ status: 'rejected', reason: { code: 'store.fenced' } });
  expect(await store.changes.read('fenced')).toEqual([]);
});

it('a database that may only be read says so', async () => {
  await runSql(server.superuser, 'ALTER ROLE autodevops_app SET default_transaction_read_only = on');
  const standby = await openPostgresStore({ address: server.runtime, customer: 'acme' });
  try {
    await expect(standby.audit.append([auditEntry('x')])).rejects.toMatchObject({
      code: 'store.read-only',
      message: 'This database may only be read (a standby, say); nothing was written.',
    });
    expect(await standby.settings.get('before')).toBe(1);
  } finally {
    await standby.close();
    await runSql(server.superuser, 'ALTER ROLE autodevops_app RESET default_transaction_read_only');
  }
});

it('a user that the database does not know is told so', async () => {
  await expect(
    openPostgresStore({ address: { ...server.runtime, user: 'nobody-here' }, customer: 'acme' }),
  ).rejects.toMatchObject({ code: 'config.invalid' });
});

it('an address where no database is is told so', async () => {
  await expect(
    openPostgresStore({ address: { host: '127.0.0.1', port: 1, user: 'u', database: 'd' }, customer: 'acme' }),
  ).rejects.toMatchObject({ code: 'store.unavailable' });
});

it.each([
  ['53100', 'store.full'],
  ['55P03', 'store.locked'],
  ['40P01', 'store.locked'],
  ['25006', 'store.read-only'],
  ['XX001', 'store.corrupt'],
  ['57P01', 'store.unavailable'],
  ['08006', 'store.unavailable'],
  ['ECONNRESET', 'store.unavailable'],
  ['28P01', 'config.invalid'],
  ['42P01', 'config.invalid'],
  ['22P02', 'internal'],
])('what the database calls %s is %s for people, without its own words', (code, ours) => {
  const fault = postgresFault(Object.assign(new Error('canary-of-the-server'), { code }), true);
  expect(fault).toBeInstanceOf(AutoDevOpsError);
  expect(fault).toMatchObject({ code: ours });
  expect(String((fault as AutoDevOpsError).message + (fault as AutoDevOpsError).remedy)).not.toContain('canary');
});
