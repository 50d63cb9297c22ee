import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { velero } from './analyzer.ts';

testFixtures(velero, new URL('./fixtures/', import.meta.url));

it('survives objects without their fields and with fields of the wrong type', () => {
  const odd = oddObjects(
    ['velero.io/v1', 'Backup'],
    ['velero.io/v1', 'Schedule'],
    ['velero.io/v1', 'BackupStorageLocation'],
  );
  expect(velero.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
});
