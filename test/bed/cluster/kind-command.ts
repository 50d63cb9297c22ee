import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { dockerAt, type Docker } from '../host/docker.ts';
import { thawProcesses } from '../host/frozen-processes.ts';
import { runFolder, SOURCE } from '../host/folders.ts';
import { lacksSysResource } from '../host/machine.ts';
import type { BedState } from './state.ts';

const KIND_LABEL = 'io.x-k8s.kind.cluster';

export async function createWithKind(state: BedState): Promise<void> {
  const config = join(runFolder(state.name), 'kind.yaml');
  const log = join(runFolder(state.name), 'kind.log');
  mkdirSync(runFolder(state.name), { recursive: true });
  writeFileSync(config, kindConfig(state.way === 'build'));
  const args = [
    'create',
    'cluster',
    '--name',
    state.name,
    '--config',
    config,
    '--image',
    state.nodeImage ?? '',
    '--kubeconfig',
    state.kubeconfig,
    '--retain',
  ];
  await runKind(state, args, log);
}

function kindConfig(built: boolean): string {
  const lines = [readFileSync(join(SOURCE, 'cluster/kind.yaml'), 'utf8').trimEnd()];
  // A kubelet that may not raise limits has to tolerate it; the gate belongs to the patch that kind.yaml ends with.
  if (lacksSysResource()) lines.push('  featureGates: {KubeletInUserNamespace: true}');
  if (built) lines.push('networking: {disableDefaultCNI: true}');
  return `${lines.join('\n')}\n`;
}

/** Loads an image archive (docker save) into every node. */
export async function loadArchive(state: BedState, archive: string): Promise<void> {
  await runKind(state, ['load', 'image-archive', archive, '--name', state.name]);
}

async function runKind(state: BedState, args: readonly string[], log?: string): Promise<void> {
  const env: Record<string, string> = {
    KIND_EXPERIMENTAL_PROVIDER: 'docker',
    ...(state.dockerHost !== undefined && { DOCKER_HOST: state.dockerHost }),
  };
  await run(state.kindBinary ?? 'kind', args, { env, seconds: 600, ...(log !== undefined && { log }) });
}

export function dockerOf(state: BedState): Docker {
  return dockerAt(state.dockerHost);
}

export async function nodeContainers(docker: Docker, name: string, runningOnly: boolean): Promise<string[]> {
  const all = runningOnly ? [] : ['--all'];
  return (await docker.run(['ps', ...all, '--filter', `label=${KIND_LABEL}=${name}`, '--format', '{{.Names}}']))
    .split('\n')
    .filter(Boolean)
    .sort();
}

/** Docker waits ten seconds for what it killed; a node full of pods takes longer on a busy machine. */
const mostRemovals = 6;

async function thawNodes(docker: Docker, name: string): Promise<void> {
  const filter = `label=${KIND_LABEL}=${name}`;
  const ids = await docker.run(['ps', '--all', '--no-trunc', '--filter', filter, '--format', '{{.ID}}']);
  for (const id of ids.split('\n').filter(Boolean)) thawProcesses(id);
}

/** Does what `kind delete cluster` does, and needs no kind for it. */
export async function removeNodeContainers(docker: Docker, name: string): Promise<string[]> {
  const containers = await nodeContainers(docker, name, false);
  let left = containers;
  for (let removal = 1; left.length > 0; removal += 1) {
    try {
      await docker.run(['rm', '--force', '--volumes', ...left]);
      break;
    } catch (error) {
      if (removal === mostRemovals) throw error;
      await thawNodes(docker, name);
      left = await nodeContainers(docker, name, false);
    }
  }
  return containers;
}
