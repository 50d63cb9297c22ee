import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished, expect, it } from 'vitest';
import { failureOf } from '../../testing/failure-of.ts';
import { allOf, foreignNode, removedElsewhere, setStage, soon } from '../testing/stage.ts';
import type { Stage } from '../testing/stage.ts';

const up = async (stage: Stage): Promise<unknown> => await failureOf(allOf(stage.open().up(soon())));

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  );
  return (server.address() as AddressInfo).port;
}

it('says that the engine does not run, or may not be talked to, or is not there', async () => {
  const stage = await setStage();
  stage.put('down');
  expect(await up(stage)).toMatchObject({
    code: 'local.no-engine',
    message: 'Docker is installed but does not run.',
    remedy: expect.stringContaining('systemctl start docker'),
  });
  stage.put('denied');
  expect(await up(stage)).toMatchObject({
    code: 'local.no-engine',
    message: expect.stringContaining('permission denied'),
    remedy: expect.stringContaining('group docker'),
  });
  expect(await up(await setStage({ engines: [] }))).toMatchObject({
    code: 'local.no-engine',
    message: 'No container engine is installed (docker, podman, nerdctl).',
  });
});

it('says how to get kind where there is none', async () => {
  const stage = await setStage();
  expect(await failureOf(allOf(stage.open({ kind: 'no-such-kind' }).up(soon())))).toMatchObject({
    code: 'local.no-kind',
    remedy: expect.stringContaining('kind.sigs.k8s.io'),
  });
});

it('begins nothing when a port is taken', async () => {
  const stage = await setStage();
  const host = await takenPort();
  expect(
    await failureOf(
      allOf(stage.open({ ports: [{ host, node: 80, address: '127.0.0.1', protocol: 'TCP' }] }).up(soon())),
    ),
  ).toMatchObject({ code: 'local.port-taken', message: `Port ${host} is taken on this machine (127.0.0.1:${host}).` });
  expect([stage.containers(), stage.has('state/dev')]).toEqual([[], false]);
});

it('says that the image cannot be fetched without a network, and goes on once it can', async () => {
  const stage = await setStage();
  const { open } = stage;
  expect(await failureOf(allOf(open({ kubernetes: '1.30.0' }).up(soon())))).toMatchObject({
    code: 'local.image-unavailable',
    message: expect.stringContaining('the registry is not reachable'),
  });
  expect((await allOf(open().up(soon()))).at(-1)?.type).toBe('done');
});

it('explains what kind fails with, names its log, and the next up makes the cluster', async () => {
  const stage = await setStage();
  stage.put(
    'kind-fails',
    'ERROR: failed to create cluster: failed to init node with kubeadm: command "docker exec" failed',
  );
  expect(await up(stage)).toMatchObject({
    code: 'local.failed',
    message: expect.stringContaining('Kubernetes did not come up'),
    remedy: expect.stringContaining('kind.log'),
  });
  expect(stage.read('state/dev/kind.log')).toContain('failed to init node with kubeadm');
  expect((await stage.open().status(soon())).phase).toBe('half-made');
});

it('begins nothing on a machine that is too small', async () => {
  const stage = await setStage({ info: { ServerVersion: '27.0.1', NCPU: 2, MemTotal: 2 ** 30, CgroupVersion: '2' } });
  expect(await up(stage)).toMatchObject({ code: 'local.too-small' });
  expect(stage.has('state/dev')).toBe(false);
});

const checks = async (
  stage: Stage,
  settings: Parameters<Stage['open']>[0] = {},
): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await stage.open(settings).doctor(soon())).checks.map(({ name, state }) => [name, state]));

it('finds nothing in the way of a machine that is well', async () => {
  const stage = await setStage();
  stage.put('images/docker.io_kindest_node_v1.36.0');
  expect(await checks(stage)).toMatchObject({
    'container engine': 'fine',
    kind: 'fine',
    size: 'fine',
    cgroups: 'fine',
    'node image': 'fine',
    kubeconfig: 'fine',
    cluster: 'fine',
  });
});

it('names every trouble at once', async () => {
  const host = await takenPort();
  const stage = await setStage({
    info: {
      ServerVersion: '27.0.1',
      NCPU: 1,
      MemTotal: 2 ** 30,
      CgroupVersion: '1',
      SecurityOptions: ['name=rootless'],
    },
  });
  stage.put('kind-version', 'kind v0.11.0 go1.16 linux/amd64');
  foreignNode(stage, 'dev');
  expect(await checks(stage, { ports: [{ host, node: 80, address: '127.0.0.1', protocol: 'TCP' }] })).toMatchObject({
    kind: 'trouble',
    size: 'trouble',
    cgroups: 'trouble',
    cluster: 'trouble',
  });
  expect(
    await checks(stage, { name: 'other', ports: [{ host, node: 80, address: '127.0.0.1', protocol: 'TCP' }] }),
  ).toMatchObject({ ports: 'trouble' });
});

it('tells of a context that a cluster left behind, and of one that leads elsewhere', async () => {
  const stage = await setStage();
  stage.put('images/docker.io_kindest_node_v1.36.0');
  stage.put('kubectl.config', stage.read('kubeconfig').replaceAll('NAME', 'dev'));
  expect(await checks(stage)).toMatchObject({ kubeconfig: 'note' });
  await allOf(stage.open().up(soon()));
  expect(await checks(stage)).toMatchObject({ kubeconfig: 'fine', cluster: 'fine' });
  stage.put('kubectl.config', stage.read('kubectl.config').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));
  expect(await checks(stage)).toMatchObject({ kubeconfig: 'note' });
  await stage.open().kubeconfig({ ...soon(), merge: true });
  expect(await checks(stage)).toMatchObject({ kubeconfig: 'fine' });
});

it('tells of what is left of a cluster whose nodes somebody removed elsewhere', async () => {
  const stage = await setStage();
  await allOf(stage.open().up(soon()));
  removedElsewhere(stage);
  expect((await stage.open().doctor(soon())).checks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'kubeconfig',
        state: 'note',
        says: expect.stringContaining('not there any more'),
      }),
      expect.objectContaining({
        name: 'cluster',
        state: 'note',
        says: '"dev" was made from here, and its nodes are gone',
      }),
    ]),
  );
});

it('says what stands in the way also as a status', async () => {
  const stage = await setStage();
  stage.put('down');
  expect(await stage.open().status(soon())).toMatchObject({
    phase: 'absent',
    engine: null,
    next: expect.stringContaining('does not run'),
  });
});
