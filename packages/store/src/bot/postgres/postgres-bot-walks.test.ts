import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { runSql, startTestServer } from '../../postgres/testing/test-server.ts';
import type { TestServer } from '../../postgres/testing/test-server.ts';
import { answered, seen, walks } from '../testing/bot-walks.ts';
import { migratePostgresBot } from './postgres-bot-migrate.ts';
import { openPostgresBotStore } from './postgres-bot-store.ts';
import { brokenHeads } from './testing/broken-heads.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await migratePostgresBot({ address: server.owner, runtimeRole: 'autodevops_app' });
}, 60_000);
afterAll(() => server.stop());

async function emptied(): Promise<BotStore> {
  await runSql(server.owner, 'TRUNCATE autodevops_bot.event, autodevops_bot.message, autodevops_bot.installation');
  return openPostgresBotStore({ address: server.runtime, poolSize: 2 });
}

// The clock is the database's, so no hold runs out here; what is deferred is held against the time of a step all the same.
it('does on every walk what the store in memory does, and knows of each channel which message comes next', async () => {
  await fc.assert(
    fc.asyncProperty(walks(3_600_000, 70), async (walk) => {
      const [memory, postgres] = [createMemoryBotStore(), await emptied()];
      let time = 0;
      try {
        for (const [at, [step, pause]] of walk.entries()) {
          time += pause;
          const [expected, found] = await Promise.allSettled([step(memory, time), step(postgres, time)]);
          expect(answered(found)).toEqual(answered(expected));
          if (at % 8 === 7 || at === walk.length - 1) expect(await seen(postgres)).toEqual(await seen(memory));
        }
      } finally {
        await postgres.close();
      }
      expect(await runSql(server.superuser, brokenHeads)).toEqual([]);
    }),
    { numRuns: 20 },
  );
}, 120_000);
