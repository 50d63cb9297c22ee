import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../../agent-core/src/changes/execution/run.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import { agentScene, until } from '../agent/agent-scene.ts';
import type { AgentScene } from '../agent/agent-scene.ts';
import { patiently } from '../agent/started-agent.ts';
import { sqliteUnderTest } from '../agent/store-under-test.ts';

/** Who goes on with a change that a killed process left in the middle: a process that runs already, or one started then. */
export type Successor = 'another' | 'started-anew';

const maps = 10;
/** Of each effect, in milliseconds: as long as a step on a real cluster may take. */
const slowness = 250;

let round = 0;

/** Kills the process after an effect and before its answer: what the next one finds is the hardest to judge. */
async function nextEffect(all: AgentScene, successor: Successor): Promise<number> {
  const one = await all.agent('one');
  if (successor === 'another') await all.agent('two');
  const { id } = await all.agreed(one.client, 'resumed');
  // Another step in each round, so that the lease of the dead process has another age.
  const lastOfOne = 2 + ((round += 1) % 6);
  const effects: number[] = [];
  all.cluster.stand(async ({ changes }, carryOut) => {
    if (!changes) return await carryOut();
    await sleep(slowness);
    const answer = await carryOut();
    effects.push(performance.now());
    if (effects.length !== lastOfOne) return answer;
    one.signal('SIGKILL');
    return undefined;
  });
  await one.client.run({ params: { id } }, patiently);
  await one.gone;
  if (successor === 'started-anew') await all.agent('one');
  await until('the change goes on', () => effects.length > lastOfOne);
  return (effects[lastOfOne] ?? Number.NaN) - (effects[lastOfOne - 1] ?? Number.NaN);
}

/** Milliseconds from SIGKILL, in the middle of a change, to the change's next effect, with the leases that agents have. */
export async function resumption(bundle: AgentBundle, successor: Successor): Promise<number> {
  const all = await agentScene({ bundle, under: await sqliteUnderTest(), maps, pace: usualPace });
  try {
    return await nextEffect(all, successor);
  } finally {
    await all.close();
  }
}
