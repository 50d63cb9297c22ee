import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readChange } from '../../agent-core/src/changes/journal/journal.ts';
import { startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { TestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import { bundleAgent } from './agent-bundle.ts';
import type { AgentBundle } from './agent-bundle.ts';
import { agentScene, followed, quickPace, until } from './agent-scene.ts';
import type { AgentScene } from './agent-scene.ts';
import { timesMarked } from './config-maps.ts';
import { patiently } from './started-agent.ts';
import { postgresUnderTest, sqliteUnderTest } from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const maps = 3;

let bundle: AgentBundle;
let server: TestServer;
beforeAll(async () => {
  [bundle, server] = await Promise.all([bundleAgent(), startTestServer()]);
}, 120_000);
afterAll(async () => {
  bundle.remove();
  await server.stop();
});

async function scene(under: StoreUnderTest, pace = quickPace): Promise<AgentScene> {
  const made = await agentScene({ bundle, under, maps, pace });
  onTestFinished(async () => {
    await made.close();
  });
  return made;
}

function marks({ cluster }: AgentScene, value: string): readonly object[] {
  return Array.from({ length: maps }, (_, index) => timesMarked(cluster, index, value));
}

const once = Array.from({ length: maps }, () => ({ marked: 1, back: 0 }));

describe.each([
  ['SQLite', async () => await sqliteUnderTest()],
  ['PostgreSQL', async () => await postgresUnderTest(server, `two-${process.pid}`)],
] as const)('two agents on one %s', (_name, open) => {
  it('execute a change once, whichever of them wins it', async () => {
    const all = await scene(await open());
    const [one, two] = await Promise.all([all.agent('one'), all.agent('two')]);
    for (const value of ['first', 'second']) {
      const { id } = await all.agreed(one.client, value);
      await Promise.all([one.client.run({ params: { id } }, patiently), two.client.run({ params: { id } }, patiently)]);
      expect(await followed(two.client, id)).toMatchObject({ state: 'succeeded' });
      expect(marks(all, value)).toEqual(once);
      const { events } = await readChange(all.under.store.changes, id);
      expect(events.filter(({ type }) => type === 'execution-began')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'step-intended')).toHaveLength(maps);
    }
  }, 120_000);

  it('of which one is paused in the middle: the other takes over, and the first does nothing when it wakes up', async () => {
    const all = await scene(await open());
    const one = await all.agent('one');
    const { id } = await all.agreed(one.client, 'paused');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let paused = false;
    // The first is paused while it waits to see an object again, after its first effect.
    all.cluster.stand(async (asked, carryOut) => {
      if (paused || asked.changes || all.cluster.effects.length === 0 || !asked.path.includes('/configmaps/')) {
        return await carryOut();
      }
      paused = true;
      one.signal('SIGSTOP');
      await released;
      return await carryOut();
    });
    await one.client.run({ params: { id } }, patiently);
    await until('the first agent is paused', () => paused);
    await all.under.endLeases();
    const two = await all.agent('two');
    expect(await followed(two.client, id)).toMatchObject({ state: 'succeeded' });
    const journal = (await all.under.store.changes.read(id)).length;
    one.signal('SIGCONT');
    release();
    // It ends only when what it had begun has come to nothing.
    one.signal('SIGTERM');
    expect(await one.gone).toBe(0);
    expect(marks(all, 'paused')).toEqual(once);
    expect(await all.under.store.changes.read(id)).toHaveLength(journal);
  }, 120_000);
});

it('what a killed agent left is taken up by the one beside it, without being asked, when its lease has run out', async () => {
  const all = await scene(await sqliteUnderTest(), { ...quickPace, lease: 4000 });
  const one = await all.agent('one');
  const { id } = await all.agreed(one.client, 'left');
  all.cluster.stand(async ({ changes }, carryOut) => {
    if (!changes) return await carryOut();
    all.cluster.stand(undefined);
    await carryOut();
    one.signal('SIGKILL');
    return undefined;
  });
  await one.client.run({ params: { id } }, patiently);
  await one.gone;
  const two = await all.agent('two');
  expect(await followed(two.client, id)).toMatchObject({ state: 'succeeded' });
  expect(marks(all, 'left')).toEqual(once);
}, 120_000);
