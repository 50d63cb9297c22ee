import { BedError } from '../host/failure.ts';
import { dockerOf } from './kind.ts';
import type { BedState } from './state.ts';

/** How a node fails: its kubelet stops (pods go on running), or everything on it freezes. */
export type NodeFailure = 'kubelet' | 'freeze';

export async function stopNode(state: BedState, node: string, failure: NodeFailure = 'kubelet'): Promise<void> {
  checkNode(state, node);
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
}

function checkNode(state: BedState, node: string): void {
  if (state.nodes?.includes(node)) return;
  throw new BedError(`${state.name} has no node ${node}.`, `Its nodes are ${state.nodes?.join(', ') || 'none'}.`);
}
