import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { networkPolicy } from './analyzer.ts';

testFixtures(networkPolicy, new URL('./fixtures/', import.meta.url));

it('survives objects of the wrong shape', () => {
  const api = 'networking.k8s.io/v1';
  const odd = [
    {
      apiVersion: api,
      kind: 'NetworkPolicy',
      metadata: { namespace: 'b', name: 'x' },
      spec: {
        policyTypes: ['Egress'],
        egress: [null, { to: [null, { ipBlock: { cidr: '999/x' } }], ports: [null, { port: {} }] }],
      },
    },
    { apiVersion: api, kind: 'NetworkPolicy', metadata: 7 },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'b', name: 'p' },
      spec: { containers: [{ name: 'c', env: [{ name: 'A_HOST', value: 'a:80' }] }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'b', name: 'a' },
      spec: { selector: { x: 'y' }, ports: [null] },
    },
  ];
  expect(() => networkPolicy.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
