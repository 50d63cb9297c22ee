import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OpenDriver } from './driver.ts';

/** The native module is made for this Node and newer; on an older one loading it ends the process. */
const oldestForNative = 22;

/** The ways to SQLite, the first that loads is taken. Node has its own since 22.5. */
const ways: readonly (() => Promise<OpenDriver>)[] = [
  async () => {
    if (Number.parseInt(process.versions.node, 10) < oldestForNative) throw new Error('This Node is older than better-sqlite3 needs.');
    const { openBetterSqlite3 } = await import('./better-sqlite3-driver.ts');
    // The native part is loaded with the first database, not with the module.
    openBetterSqlite3(':memory:', { readOnly: false }).close();
    return openBetterSqlite3;
  },
  async () => (await import('./node-sqlite-driver.ts')).openNodeSqlite,
];

/** Throws `store.unavailable` where this machine can load none. */
export async function loadDriver(from: readonly (() => Promise<OpenDriver>)[] = ways): Promise<OpenDriver> {
  const failures: unknown[] = [];
  for (const way of from) {
    try {
      return await way();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AutoDevOpsError('store.unavailable', 'Neither better-sqlite3 nor the SQLite of Node can be loaded on this machine.', 'Use Node 24 or newer, which carries SQLite.', { cause: new AggregateError(failures) });
}
