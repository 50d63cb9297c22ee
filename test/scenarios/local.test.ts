import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalStatus } from '../../packages/domain/src/local-cluster.ts';
import { LocalStatus as Status } from '../../packages/domain/src/local-cluster.ts';
import { parseQuantity } from '../../packages/domain/src/quantity.ts';
import { workloadArchive } from '../bed/build/workload-images.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { dockerAt } from '../bed/host/docker.ts';
import type { Docker } from '../bed/host/docker.ts';
import { ClusterHand } from './cluster-hand.ts';
import { localMachine } from './local-machine.ts';
import type { LocalMachine, LocalRunOnMachine } from './local-machine.ts';

/** The life of a local cluster, on the real thing: beside the bed's cluster, in the same engine. Each test goes on from the one before. */
let bed: KindBed;
let docker: Docker;
let machine: LocalMachine;
let hand: ClusterHand;
/** Images by which local clusters are marked, and their containers: of an interrupted run of somebody else, perhaps. */
let before: ReadonlySet<string>;

const image = 'busybox:1.36';
const workload = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'page', namespace: 'shop' },
      data: { 'index.html': 'hello' },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key', namespace: 'shop' },
      stringData: { key: 'not-for-the-snapshot' },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'web',
                image,
                imagePullPolicy: 'IfNotPresent',
                command: ['sh', '-c', 'exec httpd -f -p 8080 -h /page'],
                volumeMounts: [{ name: 'page', mountPath: '/page' }],
              },
            ],
            volumes: [{ name: 'page', configMap: { name: 'page' } }],
          },
        },
      },
    },
  ],
});

/** A verb that needs the pod network to come to its end, while somebody installs that. */
async function withPodNetwork(args: readonly string[]): Promise<LocalRunOnMachine> {
  const over = new AbortController();
  const network = machine.bringPodNetwork(over.signal);
  try {
    return await machine.must(args);
  } finally {
    over.abort();
    await network;
  }
}

async function status(): Promise<LocalStatus> {
  return Status.parse(JSON.parse((await machine.run(['status', '-o', 'json'])).output));
}

const steps = (run: LocalRunOnMachine): readonly string[] =>
  run.events.flatMap((event) => (event.type === 'step-done' ? [event.step] : []));
const webAvailable = (): Promise<string> =>
  hand.must(['-n', 'shop', 'wait', 'deployment/web', '--for=condition=Available', '--timeout=170s']);

async function marked(): Promise<readonly string[]> {
  const lists = await Promise.all([
    docker.run(['images', '--quiet', '--no-trunc', 'localhost/autodevops-node']),
    docker.run(['ps', '--all', '--quiet', '--no-trunc', '--filter', 'label=dev.autodevops.local-cluster']),
  ]);
  return lists.flatMap((list) => list.split('\n').filter(Boolean));
}

beforeAll(async () => {
  bed = await ensureKind();
  docker = dockerAt(bed.dockerHost);
  machine = localMachine(bed, 'autodevops-local', { resources: { memory: '9Gi', overHalf: true } });
  hand = new ClusterHand(await bed.kubectl(), machine.kubeconfig);
  before = new Set(await marked());
  await docker.run(['load', '--quiet', '--input', await workloadArchive(docker)]);
});

afterAll(async () => {
  await machine?.close();
  await bed?.stop();
});

describe('a local cluster', { timeout: 600_000 }, () => {
  it('is left half made by Ctrl-C, and says so', async () => {
    const run = machine.start(['up', '-o', 'jsonl', '--no-agent']);
    await run.tells((event) => event.type === 'step-started' && event.step === 'control-plane');
    run.send('SIGINT');
    const { code, said } = await run.ended;
    expect([code, said]).toEqual([130, expect.stringContaining('`autodevops local up` goes on from here')]);
    expect(await status()).toMatchObject({ phase: 'half-made' });
  });

  it('is made by the next up, whose agent answers', async () => {
    const run = await withPodNetwork(['up', '-o', 'jsonl']);
    expect(steps(run)).toEqual(
      expect.arrayContaining(['clear', 'nodes', 'control-plane', 'workers', 'ready', 'dns', 'agent']),
    );
    expect(await status()).toMatchObject({
      phase: 'running',
      ready: true,
      nodes: [{ ready: true }, { ready: true }, { ready: true }],
    });
  });

  it('keeps to its ceiling: each container, and the pods of each kubelet', async () => {
    const nodes = (await docker.run(['ps', '--quiet', '--filter', 'label=io.x-k8s.kind.cluster=autodevops-local']))
      .trim()
      .split('\n');
    const bounds = (await docker.run(['inspect', '--format', '{{.HostConfig.Memory}}', ...nodes]))
      .trim()
      .split('\n')
      .map(Number);
    expect(bounds).toEqual([3, 3, 3].map((gibibytes) => gibibytes * 2 ** 30));
    const allocatable = (await hand.must(['get', 'nodes', '-o', 'jsonpath={.items[*].status.allocatable.memory}']))
      .split(' ')
      .map((quantity) => parseQuantity(quantity) ?? Infinity);
    expect(allocatable).toHaveLength(3);
    for (const bytes of allocatable) expect(bytes).toBeLessThan(3 * 2 ** 30);
  });

  it('is found running by another up', async () => {
    expect(steps(await machine.must(['up', '-o', 'jsonl']))).toEqual(['agent']);
  });

  it('takes an image of this machine, which pods then run', async () => {
    await machine.must(['load', image]);
    await hand.must(['apply', '-f', '-'], workload);
    await webAvailable();
  });

  it('stops, and is as it was when it starts', async () => {
    await machine.must(['stop']);
    expect(await status()).toMatchObject({ phase: 'stopped' });
    await withPodNetwork(['start']);
    await webAvailable();
    expect(await status()).toMatchObject({ phase: 'running', ready: true });
  });

  it('is made anew by reset, and restore brings its objects back but for Secrets', async () => {
    const snapshot = await machine.must(['snapshot']);
    expect(snapshot.output).toMatch(/^4 objects are in /);
    await withPodNetwork(['reset', '--yes', '--no-agent']);
    expect((await hand.run(['get', 'namespace', 'shop'])).code).not.toBe(0);
    await machine.must(['load', image]);
    await machine.must(['restore']);
    await webAvailable();
    expect((await hand.run(['-n', 'shop', 'get', 'secret', 'key'])).code).not.toBe(0);
  });

  it('is never the one that somebody else made', async () => {
    const other = localMachine(bed, bed.name);
    for (const verb of [['up'], ['stop'], ['down', '--yes'], ['reset', '--yes']]) {
      expect((await other.run(verb)).code).toBe(77);
    }
    await other.close();
    expect(
      (await docker.run(['ps', '--quiet', '--filter', `label=io.x-k8s.kind.cluster=${bed.name}`])).trim().split('\n'),
    ).toHaveLength(bed.nodes.length);
  });

  it('goes without leaving anything', async () => {
    await machine.must(['down', '--yes']);
    expect(await status()).toMatchObject({ phase: 'absent', nodes: [] });
    expect((await marked()).filter((id) => !before.has(id))).toEqual([]);
  });
});
