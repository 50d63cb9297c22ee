import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { TestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import { bundleAgent } from './agent-bundle.ts';
import type { AgentBundle } from './agent-bundle.ts';
import { killMoments } from './kill-moment.ts';
import { killedChange } from './killed-change.ts';
import type { KilledChange } from './killed-change.ts';
import { postgresUnderTest, sqliteUnderTest } from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** AUTODEVOPS_KILLS=200 wants as many on each store: each needs a process of its own, which costs half a second. */
const wanted = process.env['AUTODEVOPS_KILLS'];
/** How many kills there are at least. */
const kills = { sqlite: Number(wanted ?? 75), postgres: Number(wanted ?? 25) };
/** So many changes go on at the same time. */
const lanes = 3;

let bundle: AgentBundle;
let server: TestServer;
beforeAll(async () => {
  [bundle, server] = await Promise.all([bundleAgent(), startTestServer()]);
}, 120_000);
afterAll(async () => {
  bundle.remove();
  await server.stop();
});

function killsOf(all: readonly KilledChange[]): number {
  return all.flatMap((one) => Object.values(one.kills)).reduce((sum, count) => sum + count, 0);
}

/** Changes of rising seeds, until so many kills have been. */
async function killed(
  least: number,
  firstSeed: number,
  open: (seed: number) => Promise<StoreUnderTest>,
): Promise<readonly KilledChange[]> {
  const all: KilledChange[] = [];
  let seed = firstSeed;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (killsOf(all) < least) {
        const own = seed++;
        const under = await open(own);
        try {
          all.push(await killedChange({ seed: own, bundle, under }));
        } finally {
          await under.close();
        }
      }
    }),
  );
  return all;
}

function figures(all: readonly KilledChange[]): string {
  const states = Object.groupBy(all, ({ change }) => change.state);
  const ends = Object.entries(states)
    .map(([state, some]) => `${state} ${some.length}`)
    .join(', ');
  return `${killsOf(all)} kills in ${all.length} changes with ${all.reduce((sum, { effects }) => sum + effects, 0)} effects; ended: ${ends}`;
}

describe.each([
  ['SQLite', kills.sqlite, 1, async () => await sqliteUnderTest()],
  ['PostgreSQL', kills.postgres, 10_001, async (seed: number) => await postgresUnderTest(server, `kills-${seed}`)],
] as const)('an agent on %s that is killed again and again', (_name, least, firstSeed, open) => {
  it(
    'loses no effect, repeats none, says what it cannot tell, and leaves an audit log that verifies',
    async ({ annotate }) => {
      const all = await killed(least, firstSeed, open);
      await annotate(figures(all));
      expect(
        all.flatMap(({ seed, wrong, change }) =>
          wrong.map((what) => `seed ${seed} (${change.state}: ${change.says}): ${what}`),
        ),
      ).toEqual([]);
      expect(killsOf(all)).toBeGreaterThanOrEqual(least);
      // What nobody meddled with comes to a good end however often it is killed.
      expect(
        all
          .filter(({ meddled, change }) => !meddled && change.state !== 'succeeded')
          .map(({ seed, change }) => `seed ${seed}: ${change.state}, ${change.says}`),
      ).toEqual([]);
      if (least >= 50) {
        expect(Object.keys(Object.assign({}, ...all.map((one) => one.kills)) as object).toSorted()).toEqual(
          killMoments.toSorted(),
        );
      }
    },
    600_000 * Math.max(1, least / 75),
  );
});
