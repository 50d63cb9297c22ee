import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { expect, it } from 'vitest';
import { traefik } from './analyzer.ts';

testFixtures(traefik, new URL('./fixtures/', import.meta.url));

const at = '2026-03-10T12:00:00Z';

it('concludes nothing where no middleware was seen at all', () => {
  const route = {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { routes: [{ middlewares: [{ name: 'login' }], services: [{ name: 'web' }] }] },
  };
  expect(traefik.analyze(new Snapshot(partsFrom([route], at, ['Service'])))).toEqual([]);
});

it('survives routes of the wrong shape', () => {
  const api = 'traefik.io/v1alpha1';
  const odd = [
    { apiVersion: api, kind: 'Middleware', metadata: { namespace: 'a', name: 'b' } },
    { apiVersion: api, kind: 'IngressRoute', metadata: 7 },
    {
      apiVersion: api,
      kind: 'IngressRoute',
      spec: { routes: [null, { middlewares: 'x', services: [null, { name: 5 }] }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { annotations: { 'traefik.ingress.kubernetes.io/router.middlewares': ',,@' } },
    },
  ];
  expect(traefik.analyze(new Snapshot(partsFrom(odd, at)))).toEqual([]);
});
