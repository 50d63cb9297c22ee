import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { clusterDns } from './analyzer.ts';

testFixtures(clusterDns, new URL('./fixtures/', import.meta.url));

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'kube-system', name: 'kube-dns' },
  spec: { selector: { 'k8s-app': 'kube-dns' }, clusterIP: '10.96.0.10' },
};

it('does not miss pods that nobody could read', () => {
  expect(clusterDns.analyze(new Snapshot(partsFrom([service], '2026-03-10T12:00:00Z', ['Pod'])))).toEqual([]);
});

it('survives objects of the wrong shape', () => {
  const odd = [
    service,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: { containers: [null], volumes: [{ configMap: 7 }] },
    },
  ];
  expect(() => clusterDns.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
