import { describe, expect, it } from 'vitest';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { Snapshot } from '@autodevops/domain/snapshot';
import { kueue } from './analyzer.ts';

testFixtures(kueue, new URL('./fixtures/', import.meta.url));

describe('kueue on odd objects', () => {
  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(['kueue.x-k8s.io/v1beta1', 'ClusterQueue'], ['kueue.x-k8s.io/v1beta1', 'LocalQueue']);
    expect(kueue.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
  });
});
