import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { openshiftRoute } from './analyzer.ts';

testFixtures(openshiftRoute, new URL('./fixtures/', import.meta.url));

it('survives Routes without their fields and with fields of the wrong type', () => {
  const odd = oddObjects(['route.openshift.io/v1', 'Route']);
  expect(openshiftRoute.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
});
