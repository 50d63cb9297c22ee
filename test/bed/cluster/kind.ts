import { rmSync } from 'node:fs';
import { workloadArchive } from '../build/workload-images.ts';
import { pidFilesIn } from '../control-plane/component-process.ts';
import { endOrphans } from '../host/command.ts';
import { stopFromPidFile } from '../host/daemon.ts';
import type { Docker } from '../host/docker.ts';
import { ownEngineRuns, startOwnEngine, stopOwnEngineIfIdle } from '../host/engine.ts';
import { BedError, missing } from '../host/failure.ts';
import { lockFile, runFolder } from '../host/folders.ts';
import { withLock } from '../host/lock.ts';
import { raiseInotifyLimit } from '../host/machine.ts';
import { say, timed } from '../host/progress.ts';
import { comesTrue, until } from '../host/wait.ts';
import { KUBERNETES } from '../versions.ts';
import { askFor, isReady } from './api.ts';
import { createWithKind, dockerOf, loadArchive, nodeContainers, removeNodeContainers } from './kind-command.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { startAbandonedNodes } from './nodes.ts';
import { isNodeReady, listNodes, writePodNetwork } from './pod-network.ts';
import { kubeconfigOf, readState, writeState, type BedState } from './state.ts';
import { chooseWay, engineFor, kindBinaryFor, nodeImageFor, whyNoKind, type Way } from './way.ts';
import { loadWorkloads } from './workloads.ts';

const NODES = 3;

/** Starts the Kind cluster of that name, or finds it running; reused says which. */
export async function kindUp(name: string): Promise<{ state: BedState; reused: boolean }> {
  return await withLock(lockFile(`cluster-${name}`), `the cluster ${name}`, 2400, async () => {
    const known = readState(name);
    if (known?.layer === 'kind' && known.phase === 'running' && (await isHealthy(known, 60))) {
      say(`the cluster ${name} is running already`);
      await startAbandonedNodes(known);
      return { state: known, reused: true };
    }
    await endOrphans();
    return { state: await create(name, known), reused: false };
  });
}

/** Makes everything that a Kind cluster needs and starts none: what is in the cache already costs nothing. */
export async function kindBuild(): Promise<void> {
  const reason = await whyNoKind();
  if (reason !== undefined) {
    throw missing(
      `This machine cannot run Kind: ${reason}.`,
      'The layer control-plane needs only Go: --layer control-plane.',
    );
  }
  const way = await chooseWay();
  const docker = await engineFor(way);
  await Promise.all([
    kindBinaryFor(way),
    nodeImageFor(way, docker).then(async () => {
      if (way === 'build') await workloadArchive(docker);
    }),
  ]);
  await stopOwnEngineIfIdle();
}

/** Whether all node containers run and the API is ready; patience is for an answer that comes late on a busy machine. */
export async function isHealthy(state: BedState, patienceSeconds = 0): Promise<boolean> {
  if (state.dockerHost !== undefined && !(await ownEngineRuns())) return false;
  if ((await nodeContainers(dockerOf(state), state.name, true)).length !== NODES) return false;
  return await comesTrue(patienceSeconds, () => isReady(state.kubeconfig));
}

async function create(name: string, known: BedState | undefined): Promise<BedState> {
  if (known !== undefined && known.layer !== 'kind') {
    throw new BedError(
      `"${name}" is a bed of the layer ${known.layer}.`,
      'Choose another --name, or end that one first.',
    );
  }
  const reason = await whyNoKind();
  if (reason !== undefined) {
    throw missing(
      `This machine cannot run Kind: ${reason}.`,
      'The layer control-plane needs only Go: --layer control-plane.',
    );
  }
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
  state.nodes = await nodeContainers(docker, name, true);
  if (way === 'build') await timed('pod network', () => writePodNetwork(docker, state.kubeconfig, NODES));
  await timed('nodes Ready', () => allNodesReady(state.kubeconfig));
  await timed('workload images', () =>
    loadWorkloads(way, docker, state.nodes ?? [], (archive) => loadArchive(state, archive)),
  );
  await timed('cluster DNS', () => dnsAvailable(state.kubeconfig));
  state.phase = 'running';
  writeState(state);
  return state;
}

function newState(name: string, way: Way, docker: Docker, image: string, kindBinary: string): BedState {
  return {
    name,
    layer: 'kind',
    phase: 'starting',
    started: new Date().toISOString(),
    kubeconfig: kubeconfigOf(name),
    versions: { kubernetes: KUBERNETES },
    way,
    nodeImage: image,
    kindBinary,
    ...(docker.env['DOCKER_HOST'] !== undefined && { dockerHost: docker.env['DOCKER_HOST'] }),
  };
}

/** A half-made or broken cluster of ours goes; one that the bed did not make is left alone. */
async function removeLeftovers(docker: Docker, name: string, known: BedState | undefined): Promise<void> {
  if (known === undefined && (await nodeContainers(docker, name, false)).length > 0) {
    throw new BedError(
      `A Kind cluster named ${name} exists that the bed did not make.`,
      'Choose another --name, or delete that cluster yourself.',
    );
  }
  const removed = await removeNodeContainers(docker, name);
  if (removed.length > 0) say(`removed what an earlier run left: ${removed.join(' ')}`);
  await removeRunFolder(name);
}

/** Ends the programs beside the cluster, whose pid files lie there. */
async function removeRunFolder(name: string): Promise<void> {
  await Promise.all(pidFilesIn(runFolder(name)).map((file) => stopFromPidFile(file, 3)));
  rmSync(runFolder(name), { recursive: true, force: true });
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
    const coredns = await askFor<Deployment>(
      kubeconfig,
      'GET',
      '/apis/apps/v1/namespaces/kube-system/deployments/coredns',
    );
    return (coredns.status.availableReplicas ?? 0) > 0;
  });
}

/** Ends the Kind cluster of that name, and the bed's own engine when nothing else runs in it. */
export async function kindDown(name: string): Promise<void> {
  await withLock(lockFile(`cluster-${name}`), `the cluster ${name}`, 2400, async () => {
    await endOrphans();
    const state = readState(name);
    if (state === undefined) return say(`no cluster ${name} is known; nothing to do`);
    // An engine that has ended still keeps the containers, and would bring them back.
    await removeNodeContainers(state.dockerHost === undefined ? dockerOf(state) : await startOwnEngine(), name);
    await removeRunFolder(name);
    say(`cluster ${name} removed`);
  });
  await stopOwnEngineIfIdle();
}
