import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { named, object } from '../../testing/objects.ts';

const claimName = named('v1', 'PersistentVolumeClaim', 'data-db-0');
const asked = { action: 'extend-pvc', target: claimName, params: { size: '20Gi' } };
const bound = { phase: 'Bound', capacity: { storage: '10Gi' } };
const claim = object(
  claimName,
  { spec: { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } }, status: bound },
  { labels: { app: 'db' } },
);
const growing = object(named('storage.k8s.io/v1', 'StorageClass', 'fast', ''), {
  provisioner: 'disk.example',
  allowVolumeExpansion: true,
});

function quota(used: string) {
  const hard = { 'fast.storageclass.storage.k8s.io/requests.storage': '25Gi' };
  return object(named('v1', 'ResourceQuota', 'disks'), {
    spec: { hard },
    status: { hard, used: { 'fast.storageclass.storage.k8s.io/requests.storage': used } },
  });
}

describe('extend-pvc', () => {
  it('asks for more, and cannot be taken back', async () => {
    const scene = actionScene(claim, growing, quota('10Gi'));
    const planned = await scene.carryOut({ ...asked, params: { size: '20480Mi' } });
    expect(planned.sentences.done).toBe('Grew PersistentVolumeClaim shop/data-db-0 from 10Gi to 20Gi.');
    expect(planned.undo).toEqual({ operations: [], why: 'A volume cannot shrink.' });
    expect(fieldAt(await scene.get(claimName), ['spec', 'resources', 'requests', 'storage'])).toBe('20Gi');
  });

  it.each([
    ['the same size', '10240Mi', 'PersistentVolumeClaim shop/data-db-0 asks for 10Gi already.'],
    [
      'a smaller size',
      '5Gi',
      '5Gi is less than what PersistentVolumeClaim shop/data-db-0 asks for: a volume cannot shrink.',
    ],
    ['a leap', '41Gi', '41Gi is more than 4 times the present size of PersistentVolumeClaim shop/data-db-0.'],
  ])('refuses %s', async (_name, size, sentence) => {
    expect(await actionScene(claim, growing).refusal({ ...asked, params: { size } })).toBe(sentence);
  });

  it('refuses a claim that is not bound, or still grows', async () => {
    expect(await actionScene({ ...claim, status: { phase: 'Pending' } }, growing).refusal(asked)).toContain(
      'is not bound',
    );
    expect(
      await actionScene({ ...claim, status: { phase: 'Bound', capacity: { storage: '5Gi' } } }, growing).refusal(asked),
    ).toContain('is still growing');
  });

  it('refuses a class that does not let its volumes grow, is gone, or is not named', async () => {
    expect(await actionScene(claim, { ...growing, allowVolumeExpansion: false }).refusal(asked)).toBe(
      'StorageClass fast does not allow its volumes to grow.',
    );
    expect(await actionScene(claim).refusal(asked)).toBe('StorageClass fast does not exist any more.');
    expect(
      await actionScene({
        ...claim,
        spec: { storageClassName: '', resources: { requests: { storage: '10Gi' } } },
      }).refusal(asked),
    ).toContain('has no StorageClass');
  });

  it('refuses what the quota of the class has no room for', async () => {
    expect(await actionScene(claim, growing, quota('20Gi')).refusal(asked)).toBe(
      'ResourceQuota shop/disks leaves 5Gi of fast.storageclass.storage.k8s.io/requests.storage, and 10Gi more is needed.',
    );
  });

  it('waits for the volume and its file system, and fails when the driver cannot', async () => {
    const scene = actionScene(claim, growing);
    const planned = await scene.carryOut(asked);
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'PersistentVolumeClaim shop/data-db-0 has 10Gi of 20Gi.',
    });
    await scene.alter(claimName, {
      status: { ...bound, conditions: [{ type: 'FileSystemResizePending', status: 'True' }] },
    });
    expect((await scene.verify(planned)).says).toBe(
      'PersistentVolumeClaim shop/data-db-0 has 10Gi of 20Gi; its file system grows when a pod mounts it anew.',
    );
    await scene.alter(claimName, {
      status: { ...bound, allocatedResourceStatuses: { storage: 'ControllerResizeInfeasible' } },
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'PersistentVolumeClaim shop/data-db-0 cannot grow (ControllerResizeInfeasible).',
    });
    await scene.alter(claimName, { status: { phase: 'Bound', capacity: { storage: '20Gi' } } });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'PersistentVolumeClaim shop/data-db-0 has 20Gi.',
    });
  });
});
