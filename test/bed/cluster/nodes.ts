import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPidFile } from '../host/daemon.ts';
import { BedError } from '../host/failure.ts';
import { runFolder } from '../host/folders.ts';
import { identify, isAlive } from '../host/pid.ts';
import { say } from '../host/progress.ts';
import { dockerOf } from './kind-command.ts';
import type { BedState } from './state.ts';

/** How a node fails: its kubelet stops (pods go on running), or everything on it freezes. */
export type NodeFailure = 'kubelet' | 'freeze';

export async function stopNode(state: BedState, node: string, failure: NodeFailure = 'kubelet'): Promise<void> {
  checkNode(state, node);
  // Says who stopped the node, so that one left stopped by a killed test can be told from one that a test needs stopped.
  writeFileSync(join(stoppedFolder(state), node), JSON.stringify(identify(process.pid)));
  if (failure === 'freeze') await dockerOf(state).run(['pause', node]);
  else await dockerOf(state).run(['exec', node, 'systemctl', 'stop', 'kubelet']);
}

/** Undoes stopNode, whichever way the node was stopped. */
export async function startNode(state: BedState, node: string): Promise<void> {
  checkNode(state, node);
  const docker = dockerOf(state);
  const paused = (await docker.run(['inspect', '--format', '{{.State.Paused}}', node])).trim() === 'true';
  if (paused) await docker.run(['unpause', node]);
  await docker.run(['exec', node, 'systemctl', 'start', 'kubelet']);
  rmSync(join(stoppedFolder(state), node), { force: true });
}

/** Starts the nodes that a killed test left stopped. */
export async function startAbandonedNodes(state: BedState): Promise<void> {
  for (const node of readdirSync(stoppedFolder(state))) {
    const stopper = readPidFile(join(stoppedFolder(state), node));
    if (stopper !== undefined && isAlive(stopper)) continue;
    say(`${node} was left stopped by a run that no longer exists; starting it`);
    await startNode(state, node);
  }
}

function stoppedFolder(state: BedState): string {
  const folder = join(runFolder(state.name), 'stopped');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function checkNode(state: BedState, node: string): void {
  if (state.nodes?.includes(node)) return;
  throw new BedError(`${state.name} has no node ${node}.`, `Its nodes are ${state.nodes?.join(', ') || 'none'}.`);
}
