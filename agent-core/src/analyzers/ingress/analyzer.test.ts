import { expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { ingress } from './analyzer.ts';

testFixtures(ingress, new URL('./fixtures/', import.meta.url));

const at = '2026-03-10T12:00:00Z';

it('concludes nothing from Services, Secrets and classes that nobody could read', () => {
  const one = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      ingressClassName: 'x',
      tls: [{ secretName: 'y' }],
      defaultBackend: { service: { name: 'z', port: { number: 1 } } },
    },
  };
  expect(ingress.analyze(new Snapshot(partsFrom([one], at, ['Service', 'Secret', 'IngressClass'])))).toEqual([]);
});

it('survives objects of the wrong shape', () => {
  const odd = [
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {},
      spec: { rules: [null, { http: 5 }, { http: { paths: [null, { backend: 'x' }] } }], tls: [7, {}] },
    },
  ];
  expect(() => ingress.analyze(new Snapshot(partsFrom(odd, at)))).not.toThrow();
});
