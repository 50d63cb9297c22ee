import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditEntry } from '@autodevops/testkit/store-conformance-samples';
import { fillStore } from '../backup/filled-store.test-rows.ts';
import { backupSqlite, restoreSqlite } from '../sqlite/sqlite-backup.ts';
import { backupPostgres, checkPostgres, restorePostgres } from './postgres-backup.ts';
import { openPostgresStore } from './postgres-store.ts';
import { runSql, startTestServer } from './testing/test-server.ts';
import type { TestServer } from './testing/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-backup-'));
const backup = join(folder, 'backup.jsonl');
const time = '2026-01-01T00:00:00.000Z';
let server: TestServer;
let digest: string;

beforeAll(async () => {
  server = await startTestServer();
  const store = await openPostgresStore({ address: server.runtime, customer: 'acme' });
  await fillStore(store);
  await store.close();
  ({ digest } = await backupPostgres({ address: server.runtime, customer: 'acme', to: backup, time }));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a backup restores to what the customer remembered, by its digest, and records that it did', async () => {
  const target = { address: server.runtime, customer: 'acme-again' };
  await restorePostgres({ ...target, from: backup, ofCustomer: 'acme' });
  expect(await backupPostgres({ ...target, to: join(folder, 'again.jsonl'), time })).toMatchObject({ digest });
  expect(await checkPostgres(target)).toMatchObject({ sound: true, findings: [], memories: 26 });
  const store = await openPostgresStore({ address: server.runtime, customer: 'acme-again' });
  expect((await store.memory.search('word', { limit: 100 })).length).toBeGreaterThan(10);
  expect(await store.leases.acquire('lease', 'new', 1000)).toMatchObject({ fence: 3 });
  await store.close();
});

it('a store moves from PostgreSQL to SQLite and back without losing or gaining anything', async () => {
  const [file, moved] = [join(folder, 'store.db'), join(folder, 'moved.jsonl')];
  await restoreSqlite({ from: backup, file, ofCustomer: 'acme' });
  expect(await backupSqlite({ file, to: moved, time })).toMatchObject({ digest });
  const back = { address: server.runtime, customer: 'back' };
  await restorePostgres({ ...back, from: moved, ofCustomer: 'local' });
  expect(await backupPostgres({ ...back, to: join(folder, 'back.jsonl'), time })).toMatchObject({ digest });
});

it('a backup that was cut or changed leaves nothing behind', async () => {
  const text = readFileSync(backup, 'utf8');
  for (const [name, wrong] of [
    ['cut', text.slice(0, -100)],
    ['changed', text.replace('Ann', 'Eve')],
  ] as const) {
    const from = join(folder, name);
    writeFileSync(from, wrong);
    await expect(
      restorePostgres({ address: server.runtime, customer: name, from, ofCustomer: 'acme' }),
    ).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(await checkPostgres({ address: server.runtime, customer: name })).toMatchObject({
      journals: 0,
      auditRows: 0,
      memories: 0,
    });
  }
});

it('a customer for whom something is remembered gets nothing restored over it', async () => {
  await expect(restorePostgres({ address: server.runtime, customer: 'acme', from: backup })).rejects.toMatchObject({
    code: 'output.failed',
  });
});

it('a restoration is recorded where it was made', async () => {
  const target = { address: server.runtime, customer: 'recorded' };
  await restorePostgres({
    ...target,
    from: backup,
    ofCustomer: 'acme',
    audit: auditEntry('store', { code: 'STO001' }),
  });
  const store = await openPostgresStore(target);
  const { sequence } = await store.audit.head();
  expect((await store.audit.rows({ from: sequence, limit: 1 }))[0]?.entry.code).toBe('STO001');
  await store.close();
});

it('a check finds what was changed behind its back', async () => {
  const target = { address: server.runtime, customer: 'tampered' };
  await restorePostgres({ ...target, from: backup, ofCustomer: 'acme' });
  await runSql(server.superuser, 'ALTER TABLE autodevops.audit DISABLE TRIGGER ALL');
  await runSql(
    server.superuser,
    "UPDATE autodevops.audit SET entry = replace(entry, 'Ann', 'Eve') WHERE customer = 'tampered' AND sequence = 2",
  );
  await runSql(server.superuser, 'ALTER TABLE autodevops.audit ENABLE TRIGGER ALL');
  expect(await checkPostgres(target)).toMatchObject({ sound: false, findings: ['Row 2 of the audit was changed.'] });
});
