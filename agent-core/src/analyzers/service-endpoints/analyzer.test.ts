import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { serviceEndpoints } from './analyzer.ts';

testFixtures(serviceEndpoints, new URL('./fixtures/', import.meta.url));

const at = '2026-03-10T12:00:00Z';
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'web' },
  spec: { selector: { app: 'wbe' }, ports: [{ port: 80 }] },
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name: 'web' },
  spec: { replicas: 1, template: { metadata: { labels: { app: 'web' } } } },
};

it('proposes the selector that selects the near match', () => {
  const [found] = serviceEndpoints.analyze(new Snapshot(partsFrom([service, deployment], at)));
  expect(found?.changes).toMatchObject([{ action: 'patch-service-selector', params: { selector: { app: 'web' } } }]);
});

it('concludes nothing from workloads that nobody could read', () => {
  const parts = partsFrom([service], at, ['Deployment', 'StatefulSet', 'DaemonSet']);
  expect(serviceEndpoints.analyze(new Snapshot(parts))).toEqual([]);
});

it('survives objects of the wrong shape', () => {
  const odd = [
    { apiVersion: 'v1', kind: 'Service' },
    { apiVersion: 'v1', kind: 'Service', metadata: 5, spec: 'x', status: [] },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'b' },
      spec: { selector: { app: 7, x: {} }, ports: [null, 'x'] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'b', labels: { app: '7' } },
      status: { conditions: [null] },
    },
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { labels: [] }, endpoints: [null] },
  ];
  expect(() => serviceEndpoints.analyze(new Snapshot(partsFrom(odd, at)))).not.toThrow();
});

it('says the same whatever the order of the objects', () => {
  const objects = [service, deployment, { ...service, metadata: { namespace: 'shop', name: 'wbe' } }];
  const told = (list: unknown[]): string[] =>
    serviceEndpoints
      .analyze(new Snapshot(partsFrom(list, at)))
      .map((f) => f.cause)
      .toSorted();
  expect(told(objects)).toEqual(told(objects.toReversed()));
});
