import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { goToolPiece } from './build/go-tools.ts';
import { pieceFolder } from './build/pieces.ts';
import { isReady } from './cluster/api.ts';
import { isHealthy } from './cluster/kind.ts';
import { isNodeReady, listNodes } from './cluster/pod-network.ts';
import { kubeconfigOf, listBeds, readState, type BedState, type Layer } from './cluster/state.ts';
import { allProcessesRun } from './control-plane/control-plane.ts';

export type BedStatus = {
  layer: Layer;
  name: string;
  running: boolean;
  /** absent, starting (or left half-made), running, or broken. */
  phase: 'absent' | 'starting' | 'running' | 'broken';
  kubeconfig: string;
  serverUrl?: string;
  versions: Record<string, string>;
  nodes: { name: string; ready: boolean }[];
  started?: string;
  way?: string;
  nodeImage?: string;
  dockerHost?: string;
  tools: { kubectl?: string; kind?: string };
};

export async function statusOf(name: string, layer: Layer): Promise<BedStatus> {
  const state = readState(name);
  if (state === undefined) {
    return {
      layer,
      name,
      running: false,
      phase: 'absent',
      kubeconfig: kubeconfigOf(name),
      versions: {},
      nodes: [],
      tools: {},
    };
  }
  const running = state.phase === 'running' && (await works(state));
  const { owner: _, kindBinary, phase, ...facts } = state;
  return {
    ...facts,
    running,
    phase: phase === 'running' && !running ? 'broken' : phase,
    nodes: running
      ? (await listNodes(state.kubeconfig)).map((node) => ({ name: node.metadata.name, ready: isNodeReady(node) }))
      : [],
    tools: { ...kubectlTool(), ...(kindBinary !== undefined && { kind: kindBinary }) },
  };
}

async function works(state: BedState): Promise<boolean> {
  if (state.layer === 'kind') return await isHealthy(state);
  return allProcessesRun(state.name) && (await isReady(state.kubeconfig));
}

function kubectlTool(): { kubectl?: string } {
  const kubectl = join(pieceFolder(goToolPiece('kubernetes-control-plane')), 'kubectl');
  return existsSync(kubectl) ? { kubectl } : {};
}

export async function statusOfAll(): Promise<BedStatus[]> {
  return await Promise.all(listBeds().map((state) => statusOf(state.name, state.layer)));
}

export function statusText(status: BedStatus): string {
  const lines = [`${status.name} (${status.layer}): ${status.phase}`];
  if (status.running) lines.push(`  kubeconfig  ${status.kubeconfig}`, `  server      ${status.serverUrl ?? ''}`);
  for (const [part, version] of Object.entries(status.versions)) lines.push(`  ${part.padEnd(11)} ${version}`);
  for (const node of status.nodes) lines.push(`  node        ${node.name} ${node.ready ? 'Ready' : 'NotReady'}`);
  if (status.dockerHost !== undefined) lines.push(`  docker      DOCKER_HOST=${status.dockerHost}`);
  for (const [tool, path] of Object.entries(status.tools)) lines.push(`  ${tool.padEnd(11)} ${path}`);
  return lines.join('\n');
}
