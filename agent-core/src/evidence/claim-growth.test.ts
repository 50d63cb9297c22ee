import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { growClaim } from './claim-growth.ts';

const storageClass = (allowVolumeExpansion: boolean): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'disks.example.com',
  allowVolumeExpansion,
});
const claim = (storage: string, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop', uid: 'c', ...metadata },
  spec: { storageClassName: 'fast', resources: { requests: { storage } } },
});

function sizes(...objects: readonly object[]): readonly unknown[] {
  const snapshot = new Snapshot(partsFrom(objects, '2026-01-01T12:00:00.000Z'));
  return growClaim(snapshot, 'shop', 'data').map(({ params }) => params['size']);
}

describe('a full volume', () => {
  it.each([
    ['8Mi', '12Mi'],
    ['500Mi', '750Mi'],
    ['700Mi', '2Gi'],
    ['1Gi', '2Gi'],
    ['100G', '140Gi'],
  ])('of %s is to have %s', (asked, wanted) => {
    expect(sizes(claim(asked), storageClass(true))).toEqual([wanted]);
  });

  it('is not to grow where its class does not allow that, or nobody knows the class', () => {
    expect(sizes(claim('8Mi'), storageClass(false))).toEqual([]);
    expect(sizes(claim('8Mi'))).toEqual([]);
  });

  it('is not to grow when its claim is being deleted or asks for nothing', () => {
    expect(sizes(claim('8Mi', { deletionTimestamp: '2026-01-01T11:00:00Z' }), storageClass(true))).toEqual([]);
    expect(sizes(claim('0'), storageClass(true))).toEqual([]);
  });
});
