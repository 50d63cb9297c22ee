import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { botStoreConformance } from '@autodevops/testkit/bot-store-conformance';
import { openBetterSqlite3 } from '../../sqlite/driver/better-sqlite3-driver.ts';
import type { OpenDriver } from '../../sqlite/driver/driver.ts';
import { openNodeSqlite } from '../../sqlite/driver/node-sqlite-driver.ts';
import { openSqliteBotStore } from './sqlite-bot-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-bot-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function setting(driver: OpenDriver): Parameters<typeof botStoreConformance>[1] {
  return {
    open: async () => {
      const file = join(folder, `bot-${(files += 1)}.db`);
      const handles: BotStore[] = [];
      const again = async (): Promise<BotStore> => {
        const store = await openSqliteBotStore({ file, driver });
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

botStoreConformance('SQLite by better-sqlite3', setting(openBetterSqlite3));
botStoreConformance('SQLite by node:sqlite', setting(openNodeSqlite));
