import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { podNetwork } from './analyzer.ts';

testFixtures(podNetwork, new URL('./fixtures/', import.meta.url));

it('survives objects of the wrong shape', () => {
  const odd = [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'kube-system', labels: { 'k8s-app': 'kube-proxy' } },
      spec: { nodeName: 'n' },
      status: { conditions: [null], containerStatuses: 'x' },
    },
    {
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: { kind: 'Pod', namespace: 'kube-system', name: 'a' },
      reason: 'FailedCreatePodSandBox',
      message: 7,
    },
  ];
  expect(() => podNetwork.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
