import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { istio } from './analyzer.ts';

testFixtures(istio, new URL('./fixtures/', import.meta.url));

it('survives rules of the wrong shape', () => {
  const odd = [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      spec: { http: [null, { route: [7, { destination: { host: 'a.b.c', subset: [] } }] }], tcp: 'x' },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      spec: { host: ['a'], subsets: [null, { name: 7 }] },
    },
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      spec: { mtls: 'STRICT', selector: { matchLabels: ['a'] } },
    },
  ];
  expect(istio.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).toEqual([]);
});
