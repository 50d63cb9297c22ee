import { expect, it, onTestFinished } from 'vitest';
import { bundleAgent } from './agent-bundle.ts';
import { agentScene, followed, until } from './agent-scene.ts';
import { timesMarked } from './config-maps.ts';
import { patiently } from './started-agent.ts';
import { sqliteUnderTest } from './store-under-test.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const maps = 20;
/** Of the cluster's answers, so that the plan takes long enough to be stopped in the middle. */
const slowness = 250;

it('the kill switch stops a running change of another process within two seconds, however busy both are', async () => {
  const bundle = await bundleAgent();
  const all = await agentScene({ bundle, under: await sqliteUnderTest(), maps });
  const idle = new AbortController();
  onTestFinished(async () => {
    idle.abort();
    await all.close();
    bundle.remove();
  });
  const [one, two] = [await all.agent('one'), await all.agent('two')];
  const { id } = await all.agreed(one.client, 'stopped');
  const arrivals: number[] = [];
  all.cluster.stand(async ({ changes }, carryOut) => {
    if (!changes) return await carryOut();
    arrivals.push(performance.now());
    await sleep(slowness);
    return await carryOut();
  });
  await one.client.run({ params: { id } }, patiently);
  await until('the change is under way', () => arrivals.length >= 3);
  const load = [one, two].flatMap(({ client }) =>
    [0, 1].map(async () => {
      while (!idle.signal.aborted) {
        // Some are turned away for their number: that is part of the load.
        await client.changes({ query: {} }, patiently).catch(() => undefined);
        await sleep(5);
      }
    }),
  );
  await two.client.setKillSwitch({ body: { on: true, why: 'Something is wrong.' } }, patiently);
  const turned = performance.now();
  await sleep(3000);
  const sent = arrivals.length;
  expect(sent).toBeLessThan(maps);
  expect((arrivals.at(-1) ?? 0) - turned).toBeLessThan(2000);
  await sleep(1000);
  expect(arrivals).toHaveLength(sent);
  idle.abort();
  await Promise.all(load);
  expect(await one.client.change({ params: { id } }, patiently)).toMatchObject({ state: 'executing' });
  await two.client.setKillSwitch({ body: { on: false, why: 'It is well again.' } }, patiently);
  expect(await followed(two.client, id)).toMatchObject({ state: 'succeeded' });
  expect(Array.from({ length: maps }, (_, index) => timesMarked(all.cluster, index, 'stopped').marked)).toEqual(
    Array.from({ length: maps }, () => 1),
  );
}, 150_000);
