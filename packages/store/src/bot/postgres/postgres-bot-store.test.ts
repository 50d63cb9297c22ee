import { afterAll, beforeAll } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { botStoreConformance } from '@autodevops/testkit/bot-store-conformance';
import { runSql, startTestServer } from '../../postgres/testing/test-server.ts';
import type { TestServer } from '../../postgres/testing/test-server.ts';
import { migratePostgresBot } from './postgres-bot-migrate.ts';
import { openPostgresBotStore } from './postgres-bot-store.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await migratePostgresBot({ address: server.owner, runtimeRole: 'autodevops_app' });
}, 60_000);
afterAll(() => server.stop());

const tables = ['event', 'message', 'installation', 'channel', 'one_time_value', 'note', 'lease']
  .map((table) => `autodevops_bot.${table}`)
  .join(', ');

botStoreConformance('PostgreSQL', {
  open: async () => {
    await runSql(server.owner, `TRUNCATE ${tables}`);
    const handles: BotStore[] = [];
    const again = async (): Promise<BotStore> => {
      const store = await openPostgresBotStore({ address: server.runtime, poolSize: 4 });
      handles.push(store);
      return store;
    };
    return {
      store: await again(),
      again,
      close: async () => void (await Promise.all(handles.map((handle) => handle.close()))),
    };
  },
});
