import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { openBetterSqlite3 } from '../../sqlite/driver/better-sqlite3-driver.ts';
import { answered, seen, start, walks } from '../testing/bot-walks.ts';
import { openSqliteBotStore } from './sqlite-bot-store.ts';
import { brokenHeads } from './testing/broken-heads.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-walks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('does on every walk what the store in memory does, and knows of each channel which message comes next', async () => {
  let files = 0;
  await fc.assert(
    fc.asyncProperty(walks(50, 100), async (walk) => {
      const file = join(folder, `walk-${(files += 1)}.db`);
      let time = 0;
      const now = (): number => start + time;
      const [memory, sqlite] = [createMemoryBotStore({ now }), await openSqliteBotStore({ file, now })];
      try {
        for (const [step, pause] of walk) {
          time += pause;
          const [expected, found] = await Promise.allSettled([step(memory, time), step(sqlite, time)]);
          expect(answered(found)).toEqual(answered(expected));
          expect(await seen(sqlite)).toEqual(await seen(memory));
        }
      } finally {
        await sqlite.close();
      }
      expect(brokenHeads(openBetterSqlite3, file)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);
