import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { openBetterSqlite3 } from './better-sqlite3-driver.ts';
import { loadDriver } from './load-driver.ts';
import type { DriverWay } from './load-driver.ts';
import { openNodeSqlite } from './node-sqlite-driver.ts';

const built = (): Promise<never> =>
  Promise.reject(new Error('The native module was built for another version of Node.'));

/** The two ways, with what happens when each is loaded, and which were. */
function ways(
  native: DriverWay['load'],
  own: DriverWay['load'],
): { readonly list: readonly DriverWay[]; readonly touched: string[] } {
  const touched: string[] = [];
  const watched = (module: string, oldest: DriverWay['oldest'], load: DriverWay['load']): DriverWay => ({
    module,
    oldest,
    load: () => {
      touched.push(module);
      return load();
    },
  });
  return { touched, list: [watched('better-sqlite3', [22, 0], native), watched('node:sqlite', [22, 5], own)] };
}

const both = (): ReturnType<typeof ways> =>
  ways(
    () => Promise.resolve(openBetterSqlite3),
    () => Promise.resolve(openNodeSqlite),
  );

it('takes the native module where it can be loaded', async () => {
  expect(await loadDriver()).toBe(openBetterSqlite3);
});

it('takes the SQLite of Node where it cannot', async () => {
  const { list, touched } = ways(built, () => Promise.resolve(openNodeSqlite));
  expect(await loadDriver(list, '22.5.0')).toBe(openNodeSqlite);
  expect(touched).toEqual(['better-sqlite3', 'node:sqlite']);
});

it('says it in a sentence where there is neither', async () => {
  await expect(loadDriver(ways(built, built).list, '24.1.0')).rejects.toMatchObject({
    code: 'store.unavailable',
    message: 'Neither better-sqlite3 nor the SQLite of Node can be loaded on this machine.',
  });
});

it('does not so much as touch a module on a Node that it would crash', async () => {
  const { list, touched } = both();
  await expect(loadDriver(list, '20.20.2')).rejects.toMatchObject({
    code: 'store.unavailable',
    message:
      'Node 20.20.2 is too old to open the store: it has no SQLite of its own, and better-sqlite3 would crash it.',
  });
  expect(touched).toEqual([]);
});

it('goes by the version of Node, the minor one too', async () => {
  for (const version of ['22.0.0', 'v22.4.1', '26.0.0-nightly']) {
    expect(await loadDriver(both().list, version), version).toBe(openBetterSqlite3);
  }
  const { list, touched } = ways(built, () => Promise.resolve(openNodeSqlite));
  await expect(loadDriver(list, '22.4.1')).rejects.toMatchObject({ code: 'store.unavailable' });
  expect(touched).toEqual(['better-sqlite3']);
});

it('asks for the Node that the package itself asks for', () => {
  const manifest = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('better-sqlite3/package.json'), 'utf8'),
  ) as { engines: { node: string } };
  expect(manifest.engines.node).toBe('>=22');
});
