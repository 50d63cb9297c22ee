import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { gateway } from './analyzer.ts';

testFixtures(gateway, new URL('./fixtures/', import.meta.url));

it('survives objects of the wrong shape', () => {
  const api = 'gateway.networking.k8s.io/v1';
  const odd = [
    { apiVersion: api, kind: 'Gateway', status: { conditions: [null], listeners: [7] } },
    {
      apiVersion: api,
      kind: 'HTTPRoute',
      spec: { parentRefs: [null], rules: [{ backendRefs: [null] }] },
      status: { parents: ['x'] },
    },
    { apiVersion: api, kind: 'GatewayClass', status: 7 },
  ];
  expect(() => gateway.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
