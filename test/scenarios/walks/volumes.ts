import { expect } from 'vitest';
import { comesTrue, request, seen } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { deployment } from './workloads.ts';

function claim(storageClassName: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Mi' } } },
  };
}

/** A class whose volumes may grow, with one volume; the driver that would grow it is played by the walk. */
const growing: readonly object[] = [
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
      csi: { driver: 'disks.example.com', volumeHandle: 'disk-$NS' },
    },
  },
  claim('growing-$NS'),
];

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

const classForbids: Walk = async (scene) => {
  const uses = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
  const namespace = await scene.namespace(claim('standard'), deployment('db', { pod: uses }));
  await bound(scene, namespace);
  await expect(scene.agent.propose([grow(namespace, '16Mi')])).rejects.toMatchObject({
    code: 'change.refused',
    message: expect.stringContaining('StorageClass standard does not allow its volumes to grow.'),
  });
};

/** The server takes the request; the change waits for the driver, and is done when that has grown the volume. */
const driverGrows: Walk = async (scene) => {
  const namespace = await scene.namespace(...growing);
  try {
    await bound(scene, namespace);
    await expect(scene.agent.propose([grow(namespace, '1Gi')])).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining('more than 4 times'),
    });
    const change = await scene.agent.propose([grow(namespace, '16Mi')]);
    const ending = scene.settle(change);
    const asked = await seen('the claim asks for more', async () => {
      const found = await scene.read('PersistentVolumeClaim', namespace, 'data');
      return JSON.stringify(found?.spec['resources']).includes('16Mi') ? found : undefined;
    });
    expect(asked.status['capacity']).toEqual({ storage: '8Mi' });
    await scene.hand.must([
      '-n',
      namespace,
      'patch',
      'pvc',
      'data',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"capacity":{"storage":"16Mi"}}}',
    ]);
    const ended = await ending;
    expect(ended.state, ended.says).toBe('succeeded');
    expect(ended.says).toContain('has 16Mi');
  } finally {
    await withoutGrowing(scene, namespace);
  }
};

/** Nobody grows it: a person who ends the waiting is told what cannot be taken back. */
const nobodyGrows: Walk = async (scene) => {
  const namespace = await scene.namespace(...growing);
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
  'extend-pvc: a volume that nobody grows is said to be left as it is': nobodyGrows,
};
