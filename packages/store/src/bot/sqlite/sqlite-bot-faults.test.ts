import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { claimed, deliverOnce, inbound, now, wanted } from '@autodevops/testkit/bot-store-conformance-samples';
import { openBetterSqlite3 } from '../../sqlite/driver/better-sqlite3-driver.ts';
import type { SqliteDriver } from '../../sqlite/driver/driver.ts';
import { openNodeSqlite } from '../../sqlite/driver/node-sqlite-driver.ts';
import { openSqliteStore } from '../../sqlite/sqlite-store.ts';
import { openSqliteBotStore } from './sqlite-bot-store.ts';
import type { SqliteBotOptions } from './sqlite-bot-store.ts';
import { sqliteBotMigrations } from './sqlite-bot-tables.ts';
import { brokenHeads } from './testing/broken-heads.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-bot-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let file: string;
let files = 0;
beforeEach(() => {
  file = join(folder, `${(files += 1)}`, 'bot.db');
});

async function withStore<T>(use: (store: BotStore) => Promise<T>, options: Partial<SqliteBotOptions> = {}): Promise<T> {
  const store = await openSqliteBotStore({ file, busyMilliseconds: 50, ...options });
  return use(store).finally(() => store.close());
}

function withDriver<T>(use: (driver: SqliteDriver) => T): T {
  const driver = openBetterSqlite3(file, { readOnly: false });
  try {
    return use(driver);
  } finally {
    driver.close();
  }
}

/** Accepts an event, takes it, and wants messages in its name. */
async function answer(store: BotStore, id: string, text: string): Promise<void> {
  await store.inbox.accept(inbound(id), { holder: 'me', milliseconds: 1 });
  await store.messages.want(
    [wanted(`${id}/root`, text), wanted(`${id}/cause`, text, { place: { parent: `${id}/root` } })],
    { id, holder: 'me' },
  );
}

describe.each([
  ['better-sqlite3', openBetterSqlite3],
  ['node:sqlite', openNodeSqlite],
] as const)('by %s', (_name, driver) => {
  it('a full disk refuses writes with a sentence, keeps nothing half, loses no event and can be read', async () => {
    const refused = await withStore(
      async (store) => {
        for (let n = 0; n < 100; n += 1) {
          const failure = await answer(store, `e-${n}`, `${n} ${'x'.repeat(900)}`.repeat(10).slice(0, 900)).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (failure === undefined) continue;
          expect([await store.messages.byKey(`e-${n}/root`), await store.messages.byKey(`e-${n}/cause`)]).toEqual([
            undefined,
            undefined,
          ]);
          expect(await store.messages.byKey('e-0/root')).toBeDefined();
          return { failure, n };
        }
        return undefined;
      },
      { driver, maxBytes: 300_000 },
    );
    expect(refused?.failure).toMatchObject({
      code: 'store.full',
      message: expect.stringContaining('nothing was written') as unknown,
    });
    await withStore(
      async (store) => {
        await answer(store, `e-${refused?.n}`, 'with room again');
        expect(await store.messages.byKey(`e-${refused?.n}/root`)).toBeDefined();
      },
      { driver },
    );
  });

  it('a file that another process holds is waited for, and then refused', async () => {
    await withStore(
      async (store) => {
        const other = driver(file, { readOnly: false });
        other.exec('BEGIN IMMEDIATE');
        await expect(store.inbox.accept(inbound('locked out'))).rejects.toMatchObject({
          code: 'store.locked',
          message: `Another process holds ${file}; nothing was written.`,
        });
        const patient = store.inbox.accept(inbound('waited'));
        other.exec('COMMIT');
        other.close();
        expect(await patient).toBe(true);
      },
      { driver, busyMilliseconds: 200 },
    );
  });
});

it('a store that was closed takes and gives nothing', async () => {
  const store = await openSqliteBotStore({ file });
  const last = store.inbox.accept(inbound('last'));
  await store.close();
  expect(await last).toBe(true);
  await expect(store.inbox.accept(inbound('late'))).rejects.toMatchObject({
    code: 'store.unavailable',
    message: 'The store is closed.',
  });
  await expect(store.messages.byKey('a')).rejects.toMatchObject({ code: 'store.unavailable' });
  await expect(
    store.messages.claim({ holder: 'me', milliseconds: 1, limit: 1, lane: 'incident', now }),
  ).rejects.toMatchObject({ code: 'store.unavailable' });
});

it('a file that is removed while it is open takes no more writes', async () => {
  await withStore(async (store) => {
    renameSync(file, `${file}.away`);
    await expect(store.inbox.accept(inbound('a'))).rejects.toMatchObject({
      code: 'store.unavailable',
      message: `${file} was moved or removed while it was open; nothing was written.`,
    });
    renameSync(`${file}.away`, file);
    expect(await store.inbox.accept(inbound('a'))).toBe(true);
  });
});

it('the store of an agent is refused, and left as it is; so is a newer one', async () => {
  const agent = await openSqliteStore({ file });
  await agent.settings.put('kept', 1, []);
  await agent.close();
  await expect(withStore(() => Promise.resolve())).rejects.toMatchObject({ code: 'store.newer' });
  const again = await openSqliteStore({ file });
  expect(await again.settings.get('kept')).toBe(1);
  await again.close();
  file = join(folder, 'newer.db');
  await withStore(() => Promise.resolve());
  withDriver((driver) =>
    driver.exec(`INSERT INTO migration VALUES (${sqliteBotMigrations.length + 1}, 'later', 'h', 't')`),
  );
  await expect(withStore(() => Promise.resolve())).rejects.toMatchObject({ code: 'store.newer' });
});

it('what somebody else wrote into a row is not believed', async () => {
  await withStore(async (store) => {
    await answer(store, 'e', 'one');
    withDriver((driver) => driver.exec("UPDATE message SET content = '[]'"));
    await expect(store.messages.byKey('e/root')).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});

it('a database keeps two new messages of a channel from being handed out at once, whatever a program does', async () => {
  await withStore((store) => answer(store, 'e', 'one').then(() => store.messages.want([wanted('other', 'one')])));
  expect(() => withDriver((driver) => driver.exec("UPDATE message SET ready = 1 WHERE key = 'other'"))).toThrow(
    /UNIQUE/,
  );
});

it('holds run out by the clock that is given, and begin anew when something is sent', async () => {
  let time = 1_000_000;
  await withStore(
    async (store) => {
      await store.messages.want([wanted('a', 'one')]);
      await claimed(store, { milliseconds: 1000 });
      time += 900;
      await store.messages.sending('a', 'me');
      time += 999;
      expect(await claimed(store, { holder: 'you' })).toEqual([]);
      time += 1;
      expect(await claimed(store, { holder: 'you' })).toMatchObject([{ isUncertain: true }]);
    },
    { now: () => time },
  );
});

it('claims look only at what may be claimed: a plan that walks through the table is none', async () => {
  await withStore(() => Promise.resolve());
  const plans = withDriver((driver) =>
    [
      "SELECT customer FROM message WHERE lane = 'incident' AND ready = 1 AND customer > 'a' ORDER BY customer LIMIT 1",
      "SELECT sequence FROM message WHERE lane = 'incident' AND customer = 'a' AND ready = 1 AND due_at <= 1 AND held_until <= 1 ORDER BY due_at, turn LIMIT 1",
      "SELECT app, team FROM event WHERE state = 'waiting' AND (app, team) > ('a', 'b') ORDER BY app, team LIMIT 1",
      "SELECT sequence FROM event WHERE state = 'waiting' AND due_at <= 1 AND held_until <= 1 AND app = 'a' AND team = 'b' ORDER BY due_at, sequence LIMIT 1",
    ].map((sql) =>
      driver
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail))
        .join('; '),
    ),
  );
  for (const plan of plans) expect(plan).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX \w+ \([^;]*\)$/);
});

/** What a process that was killed said before: by what it said, whose. */
async function worked(lines: number): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./testing/work-until-killed.ts')), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  });
  const said = new Map<string, Set<string>>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', id = ''] = line.split(' ');
    said.set(what, (said.get(what) ?? new Set()).add(id));
    count += 1;
    if (count === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return said;
}

/** By a process whose clock says that the holds of the killed one ran out. */
const afterwards = { now: () => Date.now() + 120_000 };

it.each([37, 58, 91, 140])(
  'a process that is killed while it works (after %i answers) leaves nothing half, and loses nothing that it answered for',
  async (lines) => {
    const said = await worked(lines);
    const of = (what: string): readonly string[] => [...(said.get(what) ?? [])];
    await withStore(async (store) => {
      const open = new Set(
        (await store.inbox.claim({ holder: 'next', milliseconds: 60_000, limit: 1000 })).map(({ id }) => id),
      );
      expect(of('settled').filter((id) => open.has(id))).toEqual([]);
      for (const id of of('accepted')) {
        expect(await store.inbox.accept(inbound(id))).toBe(false);
        // Settled with both of its messages, or to be done with neither.
        const there = await Promise.all(
          ['root', 'cause'].map(async (name) => (await store.messages.byKey(`${id}/${name}`)) !== undefined),
        );
        expect(there).toEqual([!open.has(id), !open.has(id)]);
      }
      for (const key of of('delivered')) {
        expect(await store.messages.byKey(key)).toMatchObject({ ts: `1.${key}`, content: {} });
      }
      for (const key of of('sending')) {
        const message = await store.messages.byKey(key);
        expect(message?.isUncertain === true || message?.ts === `1.${key}`).toBe(true);
      }
    }, afterwards);
    expect(brokenHeads(openBetterSqlite3, file)).toEqual([]);
    await withStore(async (store) => {
      let left = (await store.messages.backlog())[0]?.count ?? 0;
      while (left > 0) {
        const delivered = await deliverOnce(store, { holder: 'next' });
        expect(delivered).not.toEqual([]);
        left -= delivered.length;
      }
      expect(await store.messages.backlog()).toEqual([]);
    }, afterwards);
  },
);
