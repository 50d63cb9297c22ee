import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { metricState } from './analyzer.ts';

testFixtures(metricState, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('metric-state on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(metricState.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(['v1', 'Pod'], ['v1', 'Node'], ['apps/v1', 'Deployment']);
    expect(metricState.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
