import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import { storeConformance } from '@autodevops/testkit/store-conformance';
import { openBetterSqlite3 } from './driver/better-sqlite3-driver.ts';
import type { OpenDriver } from './driver/driver.ts';
import { openNodeSqlite } from './driver/node-sqlite-driver.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function setting(driver: OpenDriver): Parameters<typeof storeConformance>[1] {
  return {
    open: async () => {
      const file = join(folder, `store-${(files += 1)}.db`);
      const handles: Store[] = [];
      const again = async (): Promise<Store> => {
        const store = await openSqliteStore({ file, driver });
        handles.push(store);
        return store;
      };
      return {
        store: await again(),
        again,
        close: async () => void (await Promise.all(handles.map((handle) => handle.close()))),
      };
    },
  };
}

storeConformance('SQLite by better-sqlite3', setting(openBetterSqlite3));
storeConformance('SQLite by node:sqlite', setting(openNodeSqlite));
