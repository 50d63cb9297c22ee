import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundleAgent } from './agent-bundle.ts';
import type { AgentBundle } from './agent-bundle.ts';
import { agentScene, followed, until } from './agent-scene.ts';
import type { AgentScene } from './agent-scene.ts';
import { markAll, timesMarked } from './config-maps.ts';
import { answering, patiently } from './started-agent.ts';
import { sqliteUnderTest } from './store-under-test.ts';

let bundle: AgentBundle;
beforeAll(async () => {
  bundle = await bundleAgent();
}, 120_000);
afterAll(() => bundle.remove());

async function scene(): Promise<AgentScene> {
  const made = await agentScene({ bundle, under: await sqliteUnderTest(), maps: 2 });
  onTestFinished(async () => {
    await made.close();
  });
  return made;
}

/** Holds every answer of the cluster from now on until it is released. */
function hold({ cluster }: AgentScene): { readonly held: () => number; readonly release: () => void } {
  let held = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  cluster.stand(async (_asked, carryOut) => {
    held += 1;
    await released;
    return await carryOut();
  });
  return { held: () => held, release };
}

async function refused(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'answered',
    (error: { readonly code?: string }) => error.code ?? 'broken',
  );
}

/** Ten seconds are for what runs; the rest is for a busy machine. */
const endsWithin = 15_000;

describe('an agent that is told to end', () => {
  it('answers what it was asked before, takes nothing new, and takes its socket away', async () => {
    const all = await scene();
    const one = await all.agent('one');
    const { held, release } = hold(all);
    const proposal = one.client.propose(
      { body: { requests: [...markAll(2, 'before the end')], reason: 'A test wants it.' } },
      patiently,
    );
    await until('the proposal is on its way', () => held() > 0);
    one.signal('SIGTERM');
    await until(
      'it takes nothing new',
      async () => (await refused(one.client.cluster({}, { signal: AbortSignal.timeout(10_000) }))) !== 'answered',
      10,
    );
    release();
    expect(await proposal).toMatchObject({ state: 'waiting' });
    expect(await one.gone).toBe(0);
    expect(existsSync(one.socket)).toBe(false);
  }, 120_000);

  it('does not wait longer for what never ends', async () => {
    const all = await scene();
    const one = await all.agent('one');
    const { held } = hold(all);
    const lost = refused(one.client.diagnose({ body: {} }, { signal: AbortSignal.timeout(60_000) }));
    await until('the cluster is asked', () => held() > 0);
    one.signal('SIGTERM');
    const began = performance.now();
    expect(await one.gone).toBe(0);
    expect(performance.now() - began).toBeLessThan(endsWithin);
    expect(await lost).toBe('agent.unreachable');
  }, 120_000);

  it('breaks streams off at once, and their readers go on with the next agent', async () => {
    const all = await scene();
    const one = await all.agent('one');
    const topics: string[] = [];
    const reading = (async () => {
      for await (const { event } of one.client.events({ query: { after: 0 } }, patiently)) {
        topics.push(event.topic);
        if (event.topic === 'kill-switch.off') return;
      }
    })();
    await one.client.setKillSwitch({ body: { on: true, why: 'A test wants it.' } }, patiently);
    await until('the stream is open', () => topics.includes('kill-switch.on'));
    one.signal('SIGTERM');
    const began = performance.now();
    await one.gone;
    expect(performance.now() - began).toBeLessThan(8000);
    const two = await all.agent('one');
    await two.client.setKillSwitch({ body: { on: false, why: 'A test wants it.' } }, patiently);
    await reading;
    expect(topics).toEqual(['kill-switch.on', 'kill-switch.off']);
  }, 120_000);

  it('leaves a change that runs to the next one, with every effect once', async () => {
    const all = await scene();
    const one = await all.agent('one');
    const { id } = await all.agreed(one.client, 'handed over');
    all.cluster.stand(async ({ changes }, carryOut) => {
      if (!changes) return await carryOut();
      all.cluster.stand(undefined);
      one.signal('SIGTERM');
      await sleep(200);
      return await carryOut();
    });
    await one.client.run({ params: { id } }, patiently);
    expect(await one.gone).toBe(0);
    const two = await all.agent('two');
    expect(await followed(two.client, id)).toMatchObject({ state: 'succeeded' });
    expect([0, 1].map((index) => timesMarked(all.cluster, index, 'handed over'))).toEqual([
      { marked: 1, back: 0 },
      { marked: 1, back: 0 },
    ]);
  }, 120_000);
});

describe('the socket', () => {
  it('of a killed agent does not keep the next one from starting', async () => {
    const all = await scene();
    const one = await all.agent('same');
    one.signal('SIGKILL');
    await one.gone;
    expect(existsSync(one.socket)).toBe(true);
    const two = await all.agent('same');
    expect(await two.client.health({}, patiently)).toMatchObject({ ready: true });
  }, 120_000);

  it.each([
    ['at work', false],
    ['paused, or too busy to answer', true],
  ])(
    'of an agent that is %s is not taken from it',
    async (_how, paused) => {
      const all = await scene();
      const one = await all.agent('same');
      if (paused) one.signal('SIGSTOP');
      const two = all.start({ kind: 'socket', path: one.socket });
      await expect(answering(two)).rejects.toThrow('usage: An agent runs here already.');
      expect(await two.gone).toBe(1);
      if (paused) one.signal('SIGCONT');
      expect(await one.client.health({}, patiently)).toMatchObject({ ready: true });
    },
    120_000,
  );
});
