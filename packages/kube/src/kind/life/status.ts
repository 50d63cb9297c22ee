import { AutoDevOpsError } from '@autodevops/domain/errors';
import { localContext } from '@autodevops/domain/local-cluster';
import type { LocalNode, LocalPhase, LocalStatus } from '@autodevops/domain/local-cluster';
import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { NodeContainer } from '../engine/node-containers.ts';
import { isReady, readNodes, withApi } from './cluster-api.ts';
import type { ApiNode } from './cluster-api.ts';
import { lookAround } from './life.ts';
import type { Life, Scene } from './life.ts';
import { standingOf } from './standing.ts';

interface Api {
  readonly server: string | null;
  readonly ready: boolean;
  readonly nodes: readonly ApiNode[];
}

const nothing: Api = { server: null, ready: false, nodes: [] };

/** What the API server says; nothing where it does not answer, or its kubeconfig was never written. */
async function askApi({ folder, signal }: Life): Promise<Api> {
  try {
    return await withApi(folder.kubeconfig, async (client) => {
      const server = client.access.server.origin;
      const ready = await isReady(client, signal);
      return { server, ready, nodes: ready ? await readNodes(client, signal) : [] };
    });
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
    return nothing;
  }
}

function roleOf({ role }: NodeContainer): LocalNode['role'] {
  return role === 'control-plane' || role === 'worker' ? role : 'other';
}

function nodeOf(container: NodeContainer, nodes: readonly ApiNode[]): LocalNode {
  const known = nodes.find(({ name }) => name === container.name);
  return {
    name: container.name,
    role: roleOf(container),
    running: container.running && !container.paused,
    ...(known === undefined ? {} : { ready: known.ready, version: known.version }),
  };
}

const nexts: Readonly<Record<LocalPhase, RemedyParts>> = {
  absent: remedy`Make it: ${{ do: 'make-local-cluster' }}.`,
  'half-made': remedy`Go on: ${{ do: 'make-local-cluster' }}; or remove what is there: ${{ do: 'remove-local-cluster' }}.`,
  running: [],
  stopped: remedy`Start it: ${{ do: 'start-local-cluster' }}.`,
  'partly-running': remedy`Start the others: ${{ do: 'start-local-cluster' }}.`,
  foreign: remedy`It was not made from here and is left alone; choose another name with ${{ do: 'choose-local-name' }}.`,
};

function nextOf(phase: LocalPhase, finished: boolean): string {
  return inTerminal(
    phase === 'running' && !finished
      ? remedy`Its making is not finished; go on: ${{ do: 'make-local-cluster' }}.`
      : nexts[phase],
  );
}

async function withoutEngine({ settings, folder }: Life, error: AutoDevOpsError): Promise<LocalStatus> {
  const state = await folder.read();
  return {
    name: settings.name,
    phase: state === undefined ? 'absent' : 'stopped',
    next: `${error.message} ${error.remedy}`,
    engine: null,
    context: localContext(settings.name),
    kubeconfig: folder.kubeconfig,
    server: null,
    ready: false,
    nodes: [],
    createdAt: state?.createdAt ?? null,
    configuration: state?.configuration ?? null,
  };
}

async function sceneOf(life: Life): Promise<Scene | AutoDevOpsError> {
  try {
    return await lookAround(life);
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'local.no-engine') return error;
    throw error;
  }
}

/** How the cluster stands now. An engine that does not answer is part of the answer. Throws `local.failed`, `interrupted`. */
export async function statusOf(life: Life): Promise<LocalStatus> {
  const scene = await sceneOf(life);
  return scene instanceof AutoDevOpsError ? await withoutEngine(life, scene) : await statusIn(life, scene);
}

/** As `statusOf`, where it was looked a moment ago; what is written down meanwhile counts. */
export async function statusIn(
  life: Life,
  { containers, found }: Pick<Scene, 'containers' | 'found'>,
): Promise<LocalStatus> {
  const { settings, folder } = life;
  const state = await folder.read();
  const phase = standingOf(containers, state);
  const answers = phase === 'running' || phase === 'partly-running';
  const api = answers ? await askApi(life) : nothing;
  const made = phase === 'absent' ? undefined : state;
  return {
    name: settings.name,
    phase,
    next: nextOf(phase, state?.phase === 'finished'),
    engine: found.name,
    context: localContext(settings.name),
    kubeconfig: folder.kubeconfig,
    server: api.server,
    ready: api.ready,
    nodes: containers.map((container) => nodeOf(container, api.nodes)),
    createdAt: made?.createdAt ?? null,
    configuration: made?.configuration ?? null,
  };
}
