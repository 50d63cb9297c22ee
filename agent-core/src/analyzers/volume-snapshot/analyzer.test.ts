import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { volumeSnapshot } from './analyzer.ts';

testFixtures(volumeSnapshot, new URL('./fixtures/', import.meta.url));

it('survives objects without their fields and with fields of the wrong type', () => {
  const odd = oddObjects(['snapshot.storage.k8s.io/v1', 'VolumeSnapshot']);
  expect(volumeSnapshot.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
});
