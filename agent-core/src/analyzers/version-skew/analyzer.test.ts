import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { versionSkew } from './analyzer.ts';

testFixtures(versionSkew, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('version-skew on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(versionSkew.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['v1', 'Node'],
      ['v1', 'Pod'],
      ['v1', 'Event'],
      ['coordination.k8s.io/v1', 'Lease'],
      ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
      ['apiregistration.k8s.io/v1', 'APIService'],
      ['apps/v1', 'DaemonSet'],
    );
    expect(versionSkew.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
