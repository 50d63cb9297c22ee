import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { kstatus } from './analyzer.ts';

testFixtures(kstatus, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('kstatus on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(kstatus.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['v1', 'Secret'],
      ['v1', 'ConfigMap'],
      ['example.com/v1', 'Widget'],
      ['argoproj.io/v1alpha1', 'Application'],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
      ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
    );
    expect(kstatus.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
