import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { certManager } from './analyzer.ts';

testFixtures(certManager, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('cert-manager on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(certManager.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['cert-manager.io/v1', 'Certificate'],
      ['cert-manager.io/v1', 'CertificateRequest'],
      ['acme.cert-manager.io/v1', 'Order'],
      ['acme.cert-manager.io/v1', 'Challenge'],
      ['cert-manager.io/v1', 'Issuer'],
      ['kamaji.clastix.io/v1alpha1', 'DataStore'],
      ['cluster.x-k8s.io/v1beta1', 'Machine'],
      ['keda.sh/v1alpha1', 'ScaledObject'],
      ['argoproj.io/v1alpha1', 'Rollout'],
    );
    expect(certManager.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
