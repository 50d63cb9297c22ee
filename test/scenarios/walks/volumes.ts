import { expect } from 'vitest';
import { askEngine, docker } from './node-engine.ts';
import { causeIn, comesTrue, request, seen } from './walk-scene.ts';
import type { Seen, Walk, WalkScene } from './walk-scene.ts';
import { claim, deployment, mounting } from './workloads.ts';

/** A class whose volumes may grow, with one volume; the driver that would grow it is played by the walk. */
function growing(source: object): readonly object[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'growing-$NS' },
      provisioner: 'disks.example.com',
      allowVolumeExpansion: true,
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'disk-$NS' },
      spec: {
        capacity: { storage: '8Mi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'growing-$NS',
        persistentVolumeReclaimPolicy: 'Retain',
        ...source,
      },
    },
    claim('data', 'growing-$NS'),
  ];
}

const unmounted = growing({ csi: { driver: 'disks.example.com', volumeHandle: 'disk-$NS' } });

async function bound(scene: WalkScene, namespace: string): Promise<void> {
  await comesTrue(
    'the claim is bound',
    async () => (await scene.read('PersistentVolumeClaim', namespace, 'data'))?.status['phase'] === 'Bound',
    90,
  );
}

async function withoutGrowing({ hand }: WalkScene, namespace: string): Promise<void> {
  await hand.run(['delete', 'storageclass', `growing-${namespace}`, '--ignore-not-found']);
  await hand.run(['delete', 'persistentvolume', `disk-${namespace}`, '--ignore-not-found', '--wait=false']);
}

function grow(namespace: string, size: string): ReturnType<typeof request> {
  return request('extend-pvc', ['PersistentVolumeClaim', namespace, 'data'], { size });
}

async function askedFor({ read }: WalkScene, namespace: string, size: string): Promise<Seen> {
  return await seen('the claim asks for more', async () => {
    const found = await read('PersistentVolumeClaim', namespace, 'data');
    return JSON.stringify(found?.spec['resources']).includes(size) ? found : undefined;
  });
}

/** As the resizer of a driver does when the volume has grown. */
async function reportGrown({ hand }: WalkScene, namespace: string, storage: string): Promise<void> {
  const status = JSON.stringify({ status: { capacity: { storage } } });
  await hand.must(['-n', namespace, 'patch', 'pvc', 'data', '--subresource=status', '--type=merge', '-p', status]);
}

const classForbids: Walk = async (scene) => {
  const namespace = await scene.namespace(claim('data'), deployment('db', mounting('data')));
  await bound(scene, namespace);
  await expect(scene.agent.propose([grow(namespace, '16Mi')])).rejects.toMatchObject({
    code: 'change.refused',
    message: expect.stringContaining('StorageClass standard does not allow its volumes to grow.'),
  });
};

/** The server takes the request; the change waits for the driver, and is done when that has grown the volume. */
const driverGrows: Walk = async (scene) => {
  const namespace = await scene.namespace(...unmounted);
  try {
    await bound(scene, namespace);
    await expect(scene.agent.propose([grow(namespace, '1Gi')])).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining('more than 4 times'),
    });
    const change = await scene.agent.propose([grow(namespace, '16Mi')]);
    const ending = scene.settle(change);
    const asked = await askedFor(scene, namespace, '16Mi');
    expect(asked.status['capacity']).toEqual({ storage: '8Mi' });
    await reportGrown(scene, namespace, '16Mi');
    const ended = await ending;
    expect(ended.state, ended.says).toBe('succeeded');
    expect(ended.says).toContain('has 16Mi');
  } finally {
    await withoutGrowing(scene, namespace);
  }
};

/**
 * A disk of eight mebibytes in a node's memory, on which a program writes ten: the kernel says that it is full, and no
 * more when the disk has grown. The walk grows it and says so, as a driver does.
 */
const fullDisk: Walk = async (scene) => {
  const [worker = ''] = scene.bed.workers;
  const onWorker = { key: 'kubernetes.io/hostname', operator: 'In', values: [worker] };
  const namespace = await scene.namespace(
    ...growing({
      hostPath: { path: '/var/lib/disk-$NS' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [onWorker] }] } },
    }),
  );
  const disk = `/var/lib/disk-${namespace}`;
  await docker(scene, ['exec', worker, 'mkdir', disk]);
  await docker(scene, ['exec', worker, 'mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  try {
    const command = 'dd if=/dev/zero of=/data/records bs=1M count=10 || exit 1; trap exit TERM; sleep 100000 & wait';
    const db = deployment('db', { command, ...mounting('data') });
    await scene.hand.must(['-n', namespace, 'apply', '-f', '-'], JSON.stringify(db));
    const { cause, proposals } = await causeIn(scene, namespace, 'pod.crash.disk-full', 240);
    expect(proposals).toMatchObject([{ action: 'extend-pvc', params: { size: '12Mi' } }]);
    const ending = scene.carryOut(proposals, cause);
    await askedFor(scene, namespace, '12Mi');
    await docker(scene, ['exec', worker, 'mount', '-o', 'remount,size=12m', disk]);
    await reportGrown(scene, namespace, '12Mi');
    const ended = await ending;
    expect(ended.state, ended.says).toBe('succeeded');
    expect(ended.says).toContain(`"${cause.title}" on`);
    expect((await scene.read('Deployment', namespace, 'db'))?.status['readyReplicas']).toBe(1);
  } finally {
    await scene.hand.run(['-n', namespace, 'delete', 'deployment', 'db', '--ignore-not-found', '--cascade=foreground']);
    await askEngine(scene, ['exec', worker, 'umount', '--lazy', disk]);
    await askEngine(scene, ['exec', worker, 'rmdir', disk]);
    await withoutGrowing(scene, namespace);
  }
};

/** Nobody grows it: a person who ends the waiting is told what cannot be taken back. */
const nobodyGrows: Walk = async (scene) => {
  const namespace = await scene.namespace(...unmounted);
  try {
    await bound(scene, namespace);
    const change = await scene.agent.propose([grow(namespace, '16Mi')]);
    const ending = scene.settle(change);
    const options = { signal: AbortSignal.timeout(60_000) };
    await comesTrue(
      'it is looked at whether it has grown',
      async () => (await scene.agent.client.change({ params: { id: change.id } }, options)).state === 'verifying',
    );
    await scene.agent.client.undo({ params: { id: change.id }, body: { why: 'Nobody grows it.' } }, options);
    const ended = await ending;
    expect(ended.state).toBe('failed');
    expect(ended.says).toContain('A volume cannot shrink.');
  } finally {
    await withoutGrowing(scene, namespace);
  }
};

export const volumeWalks: Readonly<Record<string, Walk>> = {
  'extend-pvc: what the class does not allow is refused with its name': classForbids,
  'extend-pvc: the server takes it, and it is done when the driver has grown the volume': driverGrows,
  'extend-pvc: a program whose disk is full goes on when that has grown': fullDisk,
  'extend-pvc: a volume that nobody grows is said to be left as it is': nobodyGrows,
};
