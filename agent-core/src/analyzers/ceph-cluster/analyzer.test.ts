import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { cephCluster } from './analyzer.ts';

testFixtures(cephCluster, new URL('./fixtures/', import.meta.url));

it('survives objects without their fields and with fields of the wrong type', () => {
  const odd = oddObjects(['ceph.rook.io/v1', 'CephCluster']);
  expect(cephCluster.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
});
