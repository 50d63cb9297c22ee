import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../packages/domain/src/ports/store.ts';
import { openPostgresStore } from '../../packages/store/src/postgres/postgres-store.ts';
import { runSql } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { TestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import { openBetterSqlite3 } from '../../packages/store/src/sqlite/driver/better-sqlite3-driver.ts';
import { openSqliteStore } from '../../packages/store/src/sqlite/sqlite-store.ts';

/** One customer's store, which several processes open. */
export interface StoreUnderTest {
  readonly customer: string;
  /** As `agents.jamie.memory` of the configuration. */
  readonly memory: string;
  /** The folder of its agents: their socket lies there. */
  readonly folder: string;
  /** A handle of the test's own. */
  readonly store: Store;
  /** As if the time of every lease had passed: what a dead process held is free. */
  readonly endLeases: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function sqliteUnderTest(): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-agents-'));
  const file = join(folder, 'agent.db');
  const store = await openSqliteStore({ file });
  const endLeases = async (): Promise<void> => {
    const driver = openBetterSqlite3(file, { readOnly: false });
    driver.exec('PRAGMA busy_timeout = 5000; UPDATE lease SET expires_at = 0');
    driver.close();
  };
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { customer: 'local', memory: `sqlite://${file}`, folder, store, endLeases, close };
}

/** Each with a customer of its own, on one server. */
export async function postgresUnderTest({ runtime, superuser }: TestServer, customer: string): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-agents-'));
  const { host, user, database } = runtime as { host: string; user: string; database: string };
  const store = await openPostgresStore({ address: runtime, customer });
  const endLeases = async (): Promise<void> =>
    void (await runSql(superuser, "UPDATE autodevops.lease SET expires_at = '-infinity'"));
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    customer,
    memory: `postgres://${user}@/${database}?host=${encodeURIComponent(host)}`,
    folder,
    store,
    endLeases,
    close,
  };
}
