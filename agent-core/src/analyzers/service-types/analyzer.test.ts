import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { serviceTypes } from './analyzer.ts';

testFixtures(serviceTypes, new URL('./fixtures/', import.meta.url));

it('does not miss a Service that nobody could read', () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace: 'data', name: 'kafka' },
    spec: { serviceName: 'kafka' },
  };
  expect(serviceTypes.analyze(new Snapshot(partsFrom([set], '2026-03-10T12:00:00Z', ['Service'])))).toEqual([]);
});

it('survives objects of the wrong shape', () => {
  const odd = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'b' },
      spec: { type: 'ExternalName', externalName: '..svc..' },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { type: 'LoadBalancer', ports: [{ nodePort: '1' }] },
      status: { loadBalancer: [] },
    },
    { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { serviceName: 7 } },
  ];
  expect(() => serviceTypes.analyze(new Snapshot(partsFrom(odd, '2026-03-10T12:00:00Z')))).not.toThrow();
});
