import type { LocalPhase } from '@autodevops/domain/local-cluster';
import type { NodeContainer } from '../engine/node-containers.ts';
import type { ClusterState } from './state-folder.ts';

type Known = Pick<ClusterState, 'mark' | 'phase' | 'nodes'>;

/** Whether all of these nodes were made from that state: their label says what the file says. */
export function areOurs(containers: readonly NodeContainer[], state: Known | undefined): boolean {
  return state !== undefined && containers.every(({ mark }) => mark === state.mark);
}

/**
 * How a cluster stands, from its containers and what is written down. Both have to agree that it is ours. One that was
 * made and has no container left is not there any more: somebody removed it elsewhere, as with `kind delete cluster`.
 */
export function standingOf(containers: readonly NodeContainer[], state: Known | undefined): LocalPhase {
  if (containers.length === 0) return state?.phase === 'making' ? 'half-made' : 'absent';
  if (state === undefined || !areOurs(containers, state)) return 'foreign';
  if (state.phase === 'making' || containers.length < state.nodes) return 'half-made';
  const running = containers.filter((one) => one.running && !one.paused).length;
  if (running === containers.length) return 'running';
  return running === 0 ? 'stopped' : 'partly-running';
}
