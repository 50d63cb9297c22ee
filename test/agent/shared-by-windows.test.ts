import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, vi } from 'vitest';
import type { AgentWanted, OpenAgent } from '../../extension/src/agent/agent-launcher.ts';
import { agentProcesses } from '../../extension/src/machine/agent-processes.ts';
import { connectionOf } from '../../packages/agentd/src/client/connection.ts';
import { readContextFacts } from '../../packages/kube/src/kubeconfig/kubeconfig.ts';
import { it } from '../faults/scene.ts';
import type { Scene } from '../faults/scene.ts';
import { crashingPod, smallCluster } from '../faults/small-cluster.ts';
import { until } from '../faults/until.ts';

// What windows of an editor do with the agent's process: the code of the extension, over the command line as users get it.

const signal = AbortSignal.timeout(160_000);

beforeEach(() => {
  vi.stubEnv('NODE_OPTIONS', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A window of the editor, as far as it starts, finds and holds agents. */
function windowOf(scene: Scene): {
  readonly launcher: ReturnType<typeof agentProcesses>;
  readonly wanted: AgentWanted;
} {
  vi.stubEnv('XDG_STATE_HOME', join(scene.folder, 'state'));
  const launcher = agentProcesses({
    program: inject('command'),
    cluster: readContextFacts,
    connection: connectionOf,
    token: async () => undefined,
  });
  return {
    launcher,
    wanted: { context: undefined, server: '', kubeconfig: join(scene.folder, '.kube', 'config'), config: undefined },
  };
}

async function processOf(scene: Scene): Promise<number> {
  const { launcher, wanted } = windowOf(scene);
  const { log } = await launcher.place(wanted);
  return Number(readFileSync(join(log, '..', 'agent.pid'), 'utf8'));
}

function runs(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

async function openHeld(scene: Scene): Promise<OpenAgent> {
  const { launcher, wanted } = windowOf(scene);
  const open = await launcher.open(wanted, signal);
  scene.atEnd(() => open.letGo());
  return open;
}

/** Ends what a failed test would leave. */
function endAtLast(scene: Scene, id: number): void {
  scene.atEnd(async () => {
    if (!runs(id)) return;
    process.kill(id, 'SIGTERM');
    await until('the agent ends', () => !runs(id));
  });
}

it('two windows that open at once share one agent, and it ends after the last of them let go', async ({ scene }) => {
  await scene.replay(smallCluster([crashingPod('web-1')]));
  const [one, two] = await Promise.all([openHeld(scene), openHeld(scene)]);
  const id = await processOf(scene);
  endAtLast(scene, id);
  const { causes } = await one.client.diagnose({ body: {} }, { signal });
  expect(causes).toHaveLength(1);
  one.letGo();
  expect((await two.client.health({}, { signal })).ready).toBe(true);
  two.letGo();
  await until('the agent ends by itself', () => !runs(id), 60);
});

it('a window learns at once that its agent was killed, and starts another', async ({ scene }) => {
  await scene.replay(smallCluster([]));
  const first = await openHeld(scene);
  const id = await processOf(scene);
  process.kill(id, 'SIGKILL');
  await until('the window is told', () => first.lost.aborted, 20);
  const second = await openHeld(scene);
  const next = await processOf(scene);
  endAtLast(scene, next);
  expect(next).not.toBe(id);
  expect((await second.client.health({}, { signal })).ready).toBe(true);
});

it('a window stops the agent where its person wants that', async ({ scene }) => {
  await scene.replay(smallCluster([]));
  const open = await openHeld(scene);
  const id = await processOf(scene);
  endAtLast(scene, id);
  const { launcher, wanted } = windowOf(scene);
  await launcher.stop(wanted, signal);
  await until('the window is told', () => open.lost.aborted, 20);
  await until('the process is gone', () => !runs(id), 20);
  await launcher.stop(wanted, signal);
});
