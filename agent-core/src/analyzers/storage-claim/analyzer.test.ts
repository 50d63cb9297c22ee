import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { storageClaim } from './analyzer.ts';

testFixtures(storageClaim, new URL('./fixtures/', import.meta.url));

const at = '2026-03-10T12:00:00Z';

it('concludes nothing from classes and volumes that nobody could read', () => {
  const claim = (storageClassName?: string): unknown => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: `data-${storageClassName}` },
    spec: { storageClassName, volumeName: 'x' },
    status: { phase: 'Pending' },
  });
  const parts = partsFrom([claim('fast'), claim(''), claim()], at, ['StorageClass', 'PersistentVolume']);
  expect(storageClaim.analyze(new Snapshot(parts))).toEqual([]);
});

it('survives objects of the wrong shape', () => {
  const odd = [
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending', conditions: [null] } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: { resources: { requests: { storage: {} } } },
      status: { phase: 'Bound', capacity: 7 },
    },
    { apiVersion: 'v1', kind: 'PersistentVolume', spec: { capacity: [], claimRef: 'x' }, status: { phase: 'Failed' } },
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 7 },
  ];
  expect(() => storageClaim.analyze(new Snapshot(partsFrom(odd, at)))).not.toThrow();
});
