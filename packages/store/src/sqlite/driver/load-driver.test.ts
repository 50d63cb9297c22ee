import { expect, it } from 'vitest';
import { openBetterSqlite3 } from './better-sqlite3-driver.ts';
import { loadDriver } from './load-driver.ts';
import { openNodeSqlite } from './node-sqlite-driver.ts';

const missing = (): Promise<never> => Promise.reject(new Error('The native module was built for another version of Node.'));

it('takes the native module where it can be loaded', async () => {
  expect(await loadDriver()).toBe(openBetterSqlite3);
});

it('takes the SQLite of Node where it cannot', async () => {
  expect(await loadDriver([missing, () => Promise.resolve(openNodeSqlite)])).toBe(openNodeSqlite);
});

it('says it in a sentence where there is neither', async () => {
  await expect(loadDriver([missing, missing])).rejects.toMatchObject({ code: 'store.unavailable', message: 'Neither better-sqlite3 nor the SQLite of Node can be loaded on this machine.' });
});
