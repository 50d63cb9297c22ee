import { join } from 'node:path';
import { run, isOnPath } from '../host/command.ts';
import { answers, dockerAt, hasImage, type Docker } from '../host/docker.ts';
import { startOwnEngine } from '../host/engine.ts';
import { BedError, EXIT, missing } from '../host/failure.ts';
import { isDebian, isRoot, lacksSysResource, missingPackages } from '../host/machine.ts';
import { GO_TOOLS, goTool, whyNoTools } from '../build/go-tools.ts';
import { nodeImage } from '../build/node-image.ts';
import { KIND_MINIMUM, PULLED_NODE_IMAGE } from '../versions.ts';

/** build: the node image is made here, without a registry. pull: the ordinary node image comes from a registry. */
export type Way = 'build' | 'pull';

/** BED_NODE_IMAGE says it, or the machine does: an ordinary Docker and a registry that answers mean pull. */
export async function chooseWay(): Promise<Way> {
  const wish = process.env['BED_NODE_IMAGE'];
  if (wish === 'build' || wish === 'pull') return wish;
  if (wish) throw new BedError(`BED_NODE_IMAGE is "${wish}".`, 'Set it to build or pull, or leave it out.', EXIT.usage);
  if (!(await ordinaryDockerServes())) return 'build';
  return (await hasImage(dockerAt(undefined), PULLED_NODE_IMAGE)) || (await registryAnswers()) ? 'pull' : 'build';
}

/** Whether the machine's own Docker can run Kind nodes: it answers, and nothing takes a needed capability away. */
async function ordinaryDockerServes(): Promise<boolean> {
  return !lacksSysResource() && (await isOnPath('docker')) && (await answers(dockerAt(undefined)));
}

async function registryAnswers(): Promise<boolean> {
  try {
    const answer = await fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(5000) });
    return answer.status === 200 || answer.status === 401;
  } catch {
    return false;
  }
}

/** The engine that runs the nodes: the machine's own where that is possible, and the bed's own otherwise. */
export async function engineFor(way: Way): Promise<Docker> {
  if (await ordinaryDockerServes()) return dockerAt(undefined);
  if (way === 'build') return await startOwnEngine();
  throw missing(
    'No Docker engine answers.',
    'Start Docker, or let the bed build everything itself as root on Debian (BED_NODE_IMAGE=build).',
  );
}

export async function nodeImageFor(way: Way, docker: Docker): Promise<string> {
  if (way === 'build') return await nodeImage(docker);
  if (!(await hasImage(docker, PULLED_NODE_IMAGE))) {
    await docker.run(['pull', '--quiet', PULLED_NODE_IMAGE], {
      seconds: 900,
      advice: 'No registry? Then BED_NODE_IMAGE=build.',
    });
  }
  return PULLED_NODE_IMAGE;
}

/** kind from PATH when it is new enough, and from its Go module otherwise; the build way always takes its own. */
export async function kindBinaryFor(way: Way): Promise<string> {
  if (way === 'pull' && (await isOnPath('kind'))) {
    const version = /v?(\d+\.\d+\.\d+)/.exec(await run('kind', ['version']))?.[1] ?? '0.0.0';
    if (version.localeCompare(KIND_MINIMUM, undefined, { numeric: true }) >= 0) return 'kind';
  }
  return join(await goTool('kind'), 'kind');
}

/** Why this machine cannot run the layer "kind", or undefined when it can. */
export async function whyNoKind(): Promise<string | undefined> {
  const way = await chooseWay();
  if (way === 'pull') return (await ordinaryDockerServes()) ? undefined : 'no Docker engine answers (start Docker)';
  if (process.platform !== 'linux') {
    return 'Docker does not run or no registry answers, and nodes can be built on Linux only';
  }
  if (missingPackages().length > 0 && !isDebian()) {
    return 'Docker does not run, and nodes can be built on Debian only (start Docker)';
  }
  if (!isRoot() && !(await ordinaryDockerServes())) {
    return 'Docker does not run, and only root can start an engine (start Docker)';
  }
  return await whyNoTools(GO_TOOLS);
}
