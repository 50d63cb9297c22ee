import { setTimeout as sleep } from 'node:timers/promises';
import { readChange } from '../../agent-core/src/changes/journal/journal.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import { agentScene, quickPace, until } from '../agent/agent-scene.ts';
import type { AgentScene } from '../agent/agent-scene.ts';
import { markAll } from '../agent/config-maps.ts';
import { patiently } from '../agent/started-agent.ts';
import { sqliteUnderTest } from '../agent/store-under-test.ts';

const stepsOfChange = 20;
/** Each has ConfigMaps of its own, so that no change is in the way of another. */
const mostChanges = 6;
/** Of each effect, in milliseconds, so that a change takes long enough to be stopped in its middle. */
const slowness = 250;
/** So long without an effect, and nothing more comes: a step that waits is tried again sooner. */
const quiet = 3000;
/** At the same time at each process. */
const askers = 2;

/** Starts a change at one of the processes; says which process executes it. */
async function begun({ under }: AgentScene, client: AgentClient, part: number): Promise<string> {
  const requests = markAll((part + 1) * stepsOfChange, 'stopped').slice(part * stepsOfChange);
  const { id, digest } = await client.propose({ body: { requests, reason: 'The bench wants it.' } }, patiently);
  await client.approve({ params: { id }, body: { digest } }, patiently);
  await client.run({ params: { id } }, patiently);
  let holder = '';
  await until('the change begins', async () => {
    holder =
      (await readChange(under.store.changes, id)).events.find((event) => event.type === 'execution-began')?.holder ??
      '';
    return holder !== '';
  });
  return holder;
}

/** Either process may win a change, so there are as many as it takes until both execute one. */
async function bothExecute(all: AgentScene, [one, two]: readonly [AgentClient, AgentClient]): Promise<number> {
  const holders = new Set<string>();
  for (let part = 0; part < mostChanges; part += 1) {
    holders.add(await begun(all, part % 2 === 0 ? one : two, part));
    if (holders.size === 2) return part + 1;
  }
  throw new Error(`one process executed all of ${mostChanges} changes`);
}

async function ask(client: AgentClient, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    // Some are turned away for their number: that is part of the load.
    await client.changes({ query: {} }, patiently).catch(() => undefined);
    await sleep(5);
  }
}

async function lastEffect(all: AgentScene): Promise<number> {
  const clients = [(await all.agent('one')).client, (await all.agent('two')).client] as const;
  const effects: number[] = [];
  all.cluster.stand(async ({ changes }, carryOut) => {
    if (!changes) return await carryOut();
    await sleep(slowness);
    const answer = await carryOut();
    effects.push(performance.now());
    return answer;
  });
  const over = new AbortController();
  const load = clients.flatMap((client) => Array.from({ length: askers }, () => ask(client, over.signal)));
  try {
    const changes = await bothExecute(all, clients);
    const turned = performance.now();
    await clients[1].setKillSwitch({ body: { on: true, why: 'Something is wrong.' } }, patiently);
    await until('nothing is done any more', () => performance.now() - Math.max(turned, ...effects) > quiet);
    if (effects.length >= changes * stepsOfChange) {
      throw new Error('every change came to its end before it was stopped');
    }
    return Math.max(0, (effects.at(-1) ?? 0) - turned);
  } finally {
    over.abort();
    await Promise.all(load);
  }
}

/**
 * Milliseconds from the request that turns the kill switch on to the last effect of two processes, both of which are in
 * the middle of a change and answer questions as fast as these come.
 */
export async function stopping(bundle: AgentBundle): Promise<number> {
  const all = await agentScene({
    bundle,
    under: await sqliteUnderTest(),
    maps: mostChanges * stepsOfChange,
    pace: quickPace,
  });
  try {
    return await lastEffect(all);
  } finally {
    await all.close();
  }
}
