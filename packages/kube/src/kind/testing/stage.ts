import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalEvent, LocalStep } from '@autodevops/domain/local-cluster';
import type { LocalCluster, LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { onTestFinished } from 'vitest';
import { startReplayServer } from '../../replay/replay-server.ts';
import { raw } from '../../testing/replayed.ts';
import { testFolder } from '../../testing/test-folder.ts';
import { openLocalCluster } from '../local-cluster.ts';
import { engineScript, kindScript } from './engine-script.ts';

const gibibyte = 2 ** 30;
export const nodeImage = 'docker.io/kindest/node:v1.36.0';

export const usualSettings: LocalClusterSettings = {
  name: 'dev',
  nodes: 3,
  kubernetes: '1.36.0',
  image: undefined,
  engine: undefined,
  kind: 'kind',
  ports: [],
  mounts: [],
  registryMirrors: {},
  images: [],
  ceiling: { memory: undefined, cpus: undefined, overHalf: false },
  kindConfiguration: undefined,
  kubeconfig: undefined,
  configuration: undefined,
};

/** A machine with a scripted engine and a scripted kind, whose clusters answer from a replay server. */
export interface Stage {
  readonly open: (settings?: Partial<LocalClusterSettings>) => LocalCluster;
  /** What was asked of engine and kind, one command a line. */
  readonly calls: () => readonly string[];
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => string;
  /** Makes a file of the stage: a switch of its scripts. */
  readonly put: (path: string, text?: string) => void;
  readonly containers: () => readonly string[];
  readonly images: () => readonly string[];
  readonly root: string;
  readonly kubeconfig: string;
}

interface StageOptions {
  readonly engines?: readonly string[];
  readonly info?: unknown;
  readonly objects?: readonly Readonly<Record<string, unknown>>[];
}

const dockerInfo = {
  ServerVersion: '27.0.1',
  NCPU: 8,
  MemTotal: 16 * gibibyte,
  CgroupVersion: '2',
  SecurityOptions: ['name=seccomp'],
  MemoryLimit: true,
};

function readyNodes(cluster: string): readonly Readonly<Record<string, unknown>>[] {
  return ['control-plane', 'worker', 'worker2'].map((role) =>
    raw('Node', `${cluster}-${role}`, {
      status: { nodeInfo: { kubeletVersion: 'v1.36.0' }, conditions: [{ type: 'Ready', status: 'True', message: '' }] },
    }),
  );
}

const dns = {
  ...raw('Deployment', 'coredns', { namespace: 'kube-system', status: { availableReplicas: 2 } }),
  apiVersion: 'apps/v1',
};

export async function setStage({
  engines = ['docker'],
  info = dockerInfo,
  objects = [],
}: StageOptions = {}): Promise<Stage> {
  const bin = testFolder({ ...Object.fromEntries(engines.map((name) => [name, engineScript])), kind: kindScript });
  const stage = testFolder({
    'info.json': JSON.stringify(info),
    'kind-version': 'kind v0.33.0 go1.26.8 linux/amd64\n',
  });
  for (const folder of ['containers', 'images', 'registry']) mkdirSync(join(stage, folder));
  const server = await startReplayServer(
    { objects: [...readyNodes('dev'), dns, ...objects], logs: [], serverVersion: 'v1.36.0' },
    { name: 'kind-NAME', writable: true },
  );
  onTestFinished(() => server.close());
  const put = (path: string, text = ''): void => writeFileSync(join(stage, path), text);
  put('kubeconfig', server.kubeconfig);
  put(`registry/${nodeImage.replaceAll(/[/:@]/g, '_')}`);
  const [root, kubeconfig] = [join(stage, 'state'), join(stage, 'kubectl.config')];
  const variables = { PATH: `${bin}:/usr/bin:/bin`, STAGE: stage, HOME: stage, KUBECONFIG: kubeconfig };
  const read = (path: string): string => readFileSync(join(stage, path), 'utf8');
  return {
    open: (settings = {}) =>
      openLocalCluster({
        settings: { ...usualSettings, kubeconfig, ...settings },
        root,
        variables,
        machine: { memory: 16 * gibibyte, cpus: 8 },
      }),
    calls: () => (existsSync(join(stage, 'calls')) ? read('calls').trimEnd().split('\n') : []),
    has: (path) => existsSync(join(stage, path)),
    read,
    put,
    containers: () =>
      readdirSync(join(stage, 'containers'))
        .map((id) => /^name=(.*)$/m.exec(read(`containers/${id}`))?.[1] ?? '')
        .toSorted(),
    images: () => readdirSync(join(stage, 'images')).toSorted(),
    root,
    kubeconfig,
  };
}

/** A node that somebody else's kind made. */
export function foreignNode(stage: Stage, cluster: string): void {
  stage.put(
    `containers/${'f'.repeat(64)}`,
    `name=${cluster}-control-plane\nimage=kindest/node:v1.30.0\ncluster=${cluster}\nrole=control-plane\nrunning=true\npaused=false\nmark=\n`,
  );
}

/** As after `docker rm` or `kind delete cluster` by hand: no container is left, and nobody here knows. */
export function removedElsewhere({ root }: Stage): void {
  const containers = join(root, '..', 'containers');
  for (const id of readdirSync(containers)) rmSync(join(containers, id));
}

export const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(25_000) });

export async function allOf(events: AsyncIterable<LocalEvent>): Promise<readonly LocalEvent[]> {
  const all: LocalEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export function stepsOf(events: readonly LocalEvent[]): readonly LocalStep[] {
  return events.flatMap((event) => (event.type === 'step-done' ? [event.step] : []));
}

export function plannedIn(events: readonly LocalEvent[]): readonly LocalStep[] {
  return events.flatMap((event) => (event.type === 'plan' ? event.steps.map(({ step }) => step) : []));
}
