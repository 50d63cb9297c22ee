import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { chaosExperiment } from './analyzer.ts';

testFixtures(chaosExperiment, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('chaos-experiment on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(chaosExperiment.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['chaos-mesh.org/v1alpha1', 'NetworkChaos'],
      ['chaos-mesh.org/v1alpha1', 'StressChaos'],
      ['litmuschaos.io/v1alpha1', 'ChaosEngine'],
    );
    expect(chaosExperiment.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
