import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { deprecatedApi } from './analyzer.ts';

testFixtures(deprecatedApi, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('deprecated-api on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(deprecatedApi.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['v1', 'Node'],
      ['v1', 'Pod'],
      ['v1', 'Event'],
      ['v1', 'Namespace'],
      ['apiregistration.k8s.io/v1', 'APIService'],
      ['apps/v1', 'Deployment'],
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      ['example.com/v1', 'Widget'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    );
    expect(deprecatedApi.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
