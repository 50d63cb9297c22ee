import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOrphans, run } from '../host/command.ts';
import { dockerAt, type Docker } from '../host/docker.ts';
import { ownEngineRuns, stopOwnEngineIfIdle } from '../host/engine.ts';
import { BedError } from '../host/failure.ts';
import { lockFile, runFolder, SOURCE } from '../host/folders.ts';
import { withLock } from '../host/lock.ts';
import { lacksSysResource, raiseInotifyLimit } from '../host/machine.ts';
import { say, timed } from '../host/progress.ts';
import { until } from '../host/wait.ts';
import { KUBERNETES } from '../versions.ts';
import { askFor, isReady } from './api.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { isNodeReady, listNodes, writePodNetwork } from './podNetwork.ts';
import { kubeconfigOf, readState, writeState, type BedState } from './state.ts';
import { chooseWay, engineFor, kindBinaryFor, nodeImageFor, type Way } from './way.ts';
import { loadWorkloads } from './workloads.ts';

const NODES = 3;
const KIND_LABEL = 'io.x-k8s.kind.cluster';

/** Starts the Kind cluster of that name, or finds it running; reused says which. */
export async function kindUp(name: string): Promise<{ state: BedState; reused: boolean }> {
  return await withLock(lockFile(`cluster-${name}`), `the cluster ${name}`, 2400, async () => {
    const known = readState(name);
    if (known?.layer === 'kind' && known.phase === 'running' && (await isHealthy(known))) {
      say(`the cluster ${name} is running already`);
      return { state: known, reused: true };
    }
    endOrphans();
    return { state: await create(name, known), reused: false };
  });
}

export async function isHealthy(state: BedState): Promise<boolean> {
  if (state.dockerHost !== undefined && !(await ownEngineRuns())) return false;
  return (await isReady(state.kubeconfig)) && (await nodeContainers(dockerOf(state), state.name, true)).length === NODES;
}

async function create(name: string, known: BedState | undefined): Promise<BedState> {
  if (known !== undefined && known.layer !== 'kind') throw new BedError(`"${name}" is a bed of the layer ${known.layer}.`, 'Choose another --name, or end that one first.');
  const way = await chooseWay();
  const docker = await engineFor(way);
  await removeLeftovers(docker, name, known);
  await raiseInotifyLimit();
  const image = await nodeImageFor(way, docker);
  const kind = await kindBinaryFor(way);
  const state = newState(name, way, docker, image, kind);
  writeState(state);
  await timed(`kind create cluster ${name} (1 control plane, ${NODES - 1} workers)`, () => createWithKind(state));
  state.serverUrl = readKubeconfig(state.kubeconfig).server;
  state.nodes = (await nodeContainers(docker, name, true)).sort();
  if (way === 'build') await timed('pod network', () => writePodNetwork(docker, state.kubeconfig, NODES));
  await timed('nodes Ready', () => allNodesReady(state.kubeconfig));
  await timed('workload images', () => loadWorkloads(way, docker, state.nodes ?? [], (archive) => loadArchive(state, archive)));
  await timed('cluster DNS', () => dnsAvailable(state.kubeconfig));
  state.phase = 'running';
  writeState(state);
  return state;
}

function newState(name: string, way: Way, docker: Docker, image: string, kindBinary: string): BedState {
  return {
    name, layer: 'kind', phase: 'starting', started: new Date().toISOString(), kubeconfig: kubeconfigOf(name),
    versions: { kubernetes: KUBERNETES }, way, nodeImage: image, kindBinary,
    ...(docker.env['DOCKER_HOST'] !== undefined && { dockerHost: docker.env['DOCKER_HOST'] }),
  };
}

/** A half-made or broken cluster of ours goes; one that the bed did not make is left alone. */
async function removeLeftovers(docker: Docker, name: string, known: BedState | undefined): Promise<void> {
  const left = await nodeContainers(docker, name, false);
  if (left.length > 0 && known === undefined) throw new BedError(`A Kind cluster named ${name} exists that the bed did not make.`, 'Choose another --name, or delete that cluster yourself.');
  if (left.length > 0) say(`removing what an earlier run left: ${left.join(' ')}`);
  if (left.length > 0) await docker.run(['rm', '--force', '--volumes', ...left]);
  rmSync(runFolder(name), { recursive: true, force: true });
}

async function createWithKind(state: BedState): Promise<void> {
  const config = join(runFolder(state.name), 'kind.yaml');
  const log = join(runFolder(state.name), 'kind.log');
  mkdirSync(runFolder(state.name), { recursive: true });
  writeFileSync(config, kindConfig(state.way === 'build'));
  const args = ['create', 'cluster', '--name', state.name, '--config', config, '--image', state.nodeImage ?? '', '--kubeconfig', state.kubeconfig, '--retain'];
  await runKind(state, args, log);
}

function kindConfig(built: boolean): string {
  const lines = [readFileSync(join(SOURCE, 'cluster/kind.yaml'), 'utf8').trimEnd()];
  // A kubelet that may not raise limits has to tolerate it; the gate belongs to the patch that kind.yaml ends with.
  if (lacksSysResource()) lines.push('  featureGates: {KubeletInUserNamespace: true}');
  if (built) lines.push('networking: {disableDefaultCNI: true}');
  return `${lines.join('\n')}\n`;
}

async function runKind(state: BedState, args: readonly string[], log?: string): Promise<void> {
  const env: Record<string, string> = { KIND_EXPERIMENTAL_PROVIDER: 'docker', ...(state.dockerHost !== undefined && { DOCKER_HOST: state.dockerHost }) };
  await run(state.kindBinary ?? 'kind', args, { env, seconds: 600, ...(log !== undefined && { log }) });
}

async function allNodesReady(kubeconfig: string): Promise<void> {
  await until({ for: `${NODES} nodes to be Ready`, seconds: 240, everyMs: 500 }, async () => {
    const nodes = await listNodes(kubeconfig);
    return nodes.length === NODES && nodes.every(isNodeReady);
  });
}

async function dnsAvailable(kubeconfig: string): Promise<void> {
  type Deployment = { status: { availableReplicas?: number } };
  await until({ for: 'CoreDNS to be available', seconds: 180, everyMs: 500 }, async () => {
    const coredns = await askFor<Deployment>(kubeconfig, 'GET', '/apis/apps/v1/namespaces/kube-system/deployments/coredns');
    return (coredns.status.availableReplicas ?? 0) > 0;
  });
}

/** Loads an image archive (docker save) into every node. */
export async function loadArchive(state: BedState, archive: string): Promise<void> {
  await runKind(state, ['load', 'image-archive', archive, '--name', state.name]);
}

export function dockerOf(state: BedState): Docker {
  return dockerAt(state.dockerHost);
}

export async function nodeContainers(docker: Docker, name: string, runningOnly: boolean): Promise<string[]> {
  const all = runningOnly ? [] : ['--all'];
  return (await docker.run(['ps', ...all, '--filter', `label=${KIND_LABEL}=${name}`, '--format', '{{.Names}}'])).split('\n').filter(Boolean);
}

/** Ends the Kind cluster of that name, and the bed's own engine when nothing else runs in it. */
export async function kindDown(name: string): Promise<void> {
  await withLock(lockFile(`cluster-${name}`), `the cluster ${name}`, 2400, async () => {
    endOrphans();
    const state = readState(name);
    if (state === undefined) return say(`no cluster ${name} is known; nothing to do`);
    const docker = dockerOf(state);
    if (state.dockerHost === undefined || (await ownEngineRuns())) {
      const containers = await nodeContainers(docker, name, false);
      if (containers.length > 0) await docker.run(['rm', '--force', '--volumes', ...containers]);
    }
    rmSync(runFolder(name), { recursive: true, force: true });
    say(`cluster ${name} removed`);
  });
  await stopOwnEngineIfIdle();
}
