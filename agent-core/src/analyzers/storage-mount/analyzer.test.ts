import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { storageMount } from './analyzer.ts';

testFixtures(storageMount, new URL('./fixtures/', import.meta.url));

it('survives objects of the wrong shape', () => {
  const odd = [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'b' },
      spec: { nodeName: 'n', volumes: [null, { name: 'd', persistentVolumeClaim: {} }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: { kind: 'Pod', namespace: 'b', name: 'a' },
      reason: 'FailedMount',
      message: 'unmounted volumes=[d',
      lastTimestamp: '2026-03-10T11:59:00Z',
    },
    { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', status: { attachError: 'x' } },
  ];
  expect(() => storageMount.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
