import { expect, it } from 'vitest';
import { LocalEvent } from '@autodevops/domain/local-cluster';
import { failureOf } from '../testing/failure-of.ts';
import { allOf, foreignNode, plannedIn, removedElsewhere, setStage, soon, stepsOf } from './testing/stage.ts';

const nodes = ['dev-control-plane', 'dev-worker', 'dev-worker2'];
const making = [
  'image',
  'mark',
  'nodes',
  'control-plane',
  'network',
  'storage',
  'workers',
  'kubeconfig',
  'ceiling',
  'ready',
  'dns',
];

it('makes a cluster by the steps that it planned, and tells each of them in the form of its contract', async () => {
  const stage = await setStage();
  const events = await allOf(stage.open().up(soon()));
  expect(plannedIn(events)).toEqual(making);
  expect(stepsOf(events)).toEqual(making);
  for (const event of events) expect(LocalEvent.parse(event)).toEqual(event);
  expect(events.at(-1)).toMatchObject({
    type: 'done',
    says: 'The local cluster "dev" runs.',
    status: { phase: 'running', ready: true, engine: 'docker', context: 'kind-dev' },
  });
  expect(stage.containers()).toEqual(nodes);
});

it('knows the times of the last run as estimates of the next', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  await allOf(stage.open().down(soon()));
  const [plan] = await allOf(stage.open().up(soon()));
  expect(plan).toMatchObject({
    type: 'plan',
    estimateMs: expect.any(Number),
    steps: expect.arrayContaining([{ step: 'nodes', says: expect.any(String), estimateMs: expect.any(Number) }]),
  });
});

it('does nothing to a cluster that runs', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  const before = stage.calls().length;
  const events = await allOf(stage.open().up(soon()));
  expect(stepsOf(events)).toEqual([]);
  expect(
    stage
      .calls()
      .slice(before)
      .filter((call) => / (?:create|rm|update|start) /.test(call)),
  ).toEqual([]);
});

it('puts its mark on every node by a label of their image, and takes image, context and state away with them', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  const { mark } = JSON.parse(stage.read('state/dev/cluster.json')) as { mark: string };
  expect(stage.images()).toContain(`localhost_autodevops-node_${mark}`);
  expect(stage.containers()).toEqual(nodes);
  await allOf(stage.open().down(soon()));
  expect(stage.containers()).toEqual([]);
  expect(stage.images()).toEqual(['docker.io_kindest_node_v1.36.0']);
  expect([stage.has('state/dev'), stage.has('kubectl.config'), stage.has('state/dev.lock')]).toEqual([
    false,
    false,
    false,
  ]);
});

it('labels the image by a build where the engine is nerdctl', async () => {
  const stage = await setStage({ engines: ['nerdctl'] });
  await allOf(stage.open().up(soon()));
  expect(stage.calls().some((call) => call.startsWith('nerdctl build --tag localhost/autodevops-node:'))).toBe(true);
  expect((await stage.open().status(soon())).phase).toBe('running');
});

it('works with Podman, also where it answers under the name of Docker', async () => {
  const info = {
    host: {
      cpus: 8,
      memTotal: 16 * 2 ** 30,
      cgroupVersion: 'v2',
      cgroupControllers: ['cpu', 'memory'],
      security: { rootless: true },
    },
    version: { Version: '5.4.0' },
  };
  const stage = await setStage({ engines: ['docker', 'podman'], info });
  await allOf(stage.open().up(soon()));
  expect((await stage.open().status(soon())).engine).toBe('podman');
});

it.each(['up', 'down', 'reset', 'stop', 'start'] as const)(
  'never does %s to a cluster of that name that was made elsewhere',
  async (verb) => {
    const stage = await setStage();
    foreignNode(stage, 'dev');
    expect(await failureOf(allOf(stage.open()[verb](soon())))).toMatchObject({ code: 'local.not-ours' });
    expect(stage.containers()).toEqual(['dev-control-plane']);
    expect(stage.calls().filter((call) => / (?:create|rm|stop|start|delete) /.test(call))).toEqual([]);
  },
);

it('leaves a foreign node alone that came into a cluster of its own', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  foreignNode(stage, 'dev');
  expect(await failureOf(allOf(stage.open().down(soon())))).toMatchObject({ code: 'local.not-ours' });
  expect(stage.containers()).toHaveLength(4);
});

it('asks for both: a label without a state file is not enough', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  stage.put(
    'state/dev/cluster.json',
    stage.read('state/dev/cluster.json').replace(/"mark": "[0-9a-f]{16}"/, '"mark": "0123456789abcdef"'),
  );
  expect((await stage.open().status(soon())).phase).toBe('foreign');
});

it('stops its nodes, workers first, and starts them, the control plane first', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  expect(stepsOf(await allOf(stage.open().stop(soon())))).toEqual(['stop']);
  expect((await stage.open().status(soon())).phase).toBe('stopped');
  expect(stepsOf(await allOf(stage.open().start(soon())))).toEqual(['start', 'kubeconfig', 'ready', 'dns']);
  const power = stage
    .calls()
    .filter((call) => /^docker (?:start|stop) /.test(call))
    .map((call) => `${call.split(' ')[1]} ${call.split(' ').length - 2}`);
  expect(power).toEqual(['stop 2', 'stop 1', 'start 1', 'start 2']);
});

it('brings a stopped cluster up by starting it', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  await allOf(stage.open().stop(soon()));
  expect(stepsOf(await allOf(stage.open().up(soon())))).toEqual(['start', 'kubeconfig', 'ready', 'dns']);
});

it('makes it anew on reset', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  const events = await allOf(stage.open({ nodes: 2 }).reset(soon()));
  expect([events[0]?.type, plannedIn(events), stepsOf(events)]).toEqual([
    'plan',
    ['remove', ...making],
    ['remove', ...making],
  ]);
  expect(stage.containers()).toEqual(['dev-control-plane', 'dev-worker']);
});

it('removes nothing on reset to what cannot be made', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  const wrong = { kindConfiguration: { text: 'nodes: []', file: 'kind.yaml' } };
  expect(await failureOf(allOf(stage.open(wrong).reset(soon())))).toMatchObject({ code: 'config.invalid' });
  expect(await failureOf(allOf(stage.open({ nodes: 20 }).reset(soon())))).toMatchObject({ code: 'local.too-small' });
  expect(stage.containers()).toEqual(nodes);
});

it('says that the configuration differs from what a running cluster was made from', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  const events = await allOf(stage.open({ nodes: 2 }).up(soon()));
  expect(events).toContainEqual({
    type: 'note',
    says: expect.stringContaining('differs'),
    remedy: expect.stringContaining('local reset'),
    remedyParts: expect.arrayContaining([{ do: 'reset-local-cluster' }]),
  });
});

it('gives every node its images and mirrors, and its share of half of the machine', async () => {
  const stage = await setStage();
  stage.put('registry/web_1');
  await allOf(stage.open({ images: ['web:1'], registryMirrors: { 'docker.io': 'http://mirror:5000' } }).up(soon()));
  for (const node of nodes) expect(stage.read(`in.${node}`)).toBe('docker.io/library/web:1\n');
  expect(
    stage
      .read('written')
      .split('\n')
      .filter((line) => line.endsWith('/etc/containerd/certs.d/docker.io')),
  ).toHaveLength(3);
  const share = Math.floor((8 * 2 ** 30) / 3 / 2 ** 20) * 2 ** 20;
  expect(stage.read('limits').split('\n')[0]).toMatch(
    new RegExp(`^--memory ${share} --memory-swap ${share} --cpus 2 `),
  );
  expect(stage.read('state/dev/kind.yaml')).toContain('systemReserved');
});

it('tells that limits are not kept, and goes on', async () => {
  const stage = await setStage();
  stage.put('no-limits');
  const events = await allOf(stage.open().up(soon()));
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'note',
      says: expect.stringContaining('cgroup controller memory is not available'),
    }),
  );
  expect(events.at(-1)?.type).toBe('done');
});

it('loads what is named into every node, and says which image the engine lacks', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  expect(await failureOf(allOf(stage.open().load(['gone:1'], soon())))).toMatchObject({ code: 'image.not-found' });
  stage.put('images/web_1');
  expect(stepsOf(await allOf(stage.open().load(['web:1'], soon())))).toEqual(['load']);
  expect(stage.read('in.dev-worker2')).toBe('docker.io/library/web:1\n');
});

it('only works on a cluster that is there and runs', async () => {
  const stage = await setStage();
  for (const verb of ['stop', 'start'] as const) {
    expect(await failureOf(allOf(stage.open()[verb](soon())))).toMatchObject({ code: 'local.not-there' });
  }
  await allOf(stage.open().up(soon()));
  await allOf(stage.open().stop(soon()));
  expect(await failureOf(allOf(stage.open().load(['web:1'], soon())))).toMatchObject({ code: 'local.not-running' });
});

it('is not there any more once somebody removed all its nodes elsewhere, and does nothing but up, reset and down', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  removedElsewhere(stage);
  expect(await stage.open().status(soon())).toMatchObject({
    phase: 'absent',
    next: expect.stringContaining('local up'),
    createdAt: null,
  });
  expect(await failureOf(allOf(stage.open().start(soon())))).toMatchObject({ code: 'local.not-there' });
});

it('is made anew after that, without the context, the state and the labelled image of before', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  removedElsewhere(stage);
  const before = stage.calls().length;
  const events = await allOf(stage.open({ kubeconfig: `${stage.kubeconfig}.other` }).up(soon()));
  expect([plannedIn(events), stepsOf(events)]).toEqual([
    ['clear', ...making],
    ['clear', ...making],
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'done', status: { phase: 'running', ready: true } });
  expect([stage.has('kubectl.config'), stage.has('kubectl.config.other')]).toEqual([false, true]);
  const images = stage
    .calls()
    .slice(before)
    .filter((call) => /^docker (?:rmi|commit) /.test(call));
  expect(images.map((call) => call.split(' ')[1])).toEqual(['rmi', 'commit']);
  expect(stage.images()).toHaveLength(2);
});

it('leaves nothing of it on down after that', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  removedElsewhere(stage);
  const events = await allOf(stage.open().down(soon()));
  expect(events.at(-1)).toMatchObject({ says: 'The local cluster "dev" is removed.', status: { phase: 'absent' } });
  expect(stage.images()).toEqual(['docker.io_kindest_node_v1.36.0']);
  expect([stage.has('state/dev'), stage.has('kubectl.config')]).toEqual([false, false]);
});

it('says so when there is nothing to remove', async () => {
  const stage = await setStage();
  expect((await allOf(stage.open().down(soon()))).at(-1)).toMatchObject({
    type: 'done',
    says: 'There is no local cluster "dev".',
  });
});

it('refuses a name that could lead elsewhere', async () => {
  const stage = await setStage();
  for (const name of ['../x', '', 'A', '-a', 'a/b', 'a'.repeat(41)]) {
    expect(() => stage.open({ name })).toThrow('cannot be the name');
  }
});
