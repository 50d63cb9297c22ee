import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OpenDriver } from './driver.ts';

/** A module that gives SQLite, and the oldest Node for which it is made. */
export interface DriverWay {
  readonly module: string;
  readonly oldest: readonly [major: number, minor: number];
  readonly load: () => Promise<OpenDriver>;
}

/**
 * The first that loads is taken. better-sqlite3 13 says `"node": ">=22"`, and on an older one loading it ends the process
 * with a segmentation fault, so that nothing could be caught. `node:sqlite` came with 22.5
 * (https://nodejs.org/api/sqlite.html).
 */
const ways: readonly DriverWay[] = [
  {
    module: 'better-sqlite3',
    oldest: [22, 0],
    load: async () => {
      const { openBetterSqlite3 } = await import('./better-sqlite3-driver.ts');
      // The native part is loaded with the first database, not with the module.
      openBetterSqlite3(':memory:', { readOnly: false }).close();
      return openBetterSqlite3;
    },
  },
  {
    module: 'node:sqlite',
    oldest: [22, 5],
    load: async () => (await import('./node-sqlite-driver.ts')).openNodeSqlite,
  },
];

function isOld(version: string, [major, minor]: DriverWay['oldest']): boolean {
  const [ownMajor = 0, ownMinor = 0] = version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

function sentence(version: string, tooOld: boolean): string {
  if (tooOld) {
    return `Node ${version} is too old to open the store: it has no SQLite of its own, and better-sqlite3 would crash it.`;
  }
  return 'Neither better-sqlite3 nor the SQLite of Node can be loaded on this machine.';
}

/**
 * The way to SQLite on this machine. A module that is made for a newer Node is not touched. Throws `store.unavailable`
 * where there is none. `version` as Node says it: `22.5.1`.
 */
export async function loadDriver(
  from: readonly DriverWay[] = ways,
  version: string = process.versions.node,
): Promise<OpenDriver> {
  const failures: unknown[] = [];
  const loadable = from.filter(({ oldest }) => !isOld(version, oldest));
  for (const { load } of loadable) {
    try {
      return await load();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AutoDevOpsError(
    'store.unavailable',
    sentence(version, loadable.length === 0),
    'Use Node 24 or newer, which carries SQLite.',
    { cause: new AggregateError(failures) },
  );
}
