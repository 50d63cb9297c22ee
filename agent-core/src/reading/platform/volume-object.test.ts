import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { expect, it } from 'vitest';
import { volumeObjects } from './volume-object.ts';

const of = (kind: string, name: string) => ({
  apiVersion: 'store.example.io/v1',
  kind,
  metadata: { namespace: 's', name },
});
const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'pvc-1' },
  spec: { csi: { driver: 'store.example.io', volumeHandle: 'handle-1' } },
};

it('bear the name of the volume or its handle', () => {
  const objects = [volume, of('Volume', 'pvc-1'), of('Replica', 'handle-1'), of('Volume', 'pvc-2')];
  const snapshot = new Snapshot(partsFrom(objects, '2026-03-10T12:00:00Z'));
  expect(volumeObjects(snapshot, snapshot.get('PersistentVolume', '', 'pvc-1')).map(({ name }) => name)).toEqual([
    'pvc-1',
    'handle-1',
  ]);
});

it('are none where the volume is not known', () => {
  expect(volumeObjects(new Snapshot(partsFrom([of('Volume', '')], '2026-03-10T12:00:00Z')), undefined)).toEqual([]);
});
