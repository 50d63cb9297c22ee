import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { routeEdges } from './route-edges.ts';

function edgesOf(...objects: object[]): string[] {
  const edges = routeEdges(new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z')));
  return edges.map(
    (e) => `${e.from.kind} ${e.from.name} ${e.verb} ${e.to.kind} ${e.to.namespace}/${e.to.name} (${e.detail})`,
  );
}

const pod = (name: string, labels: object, namespace = 'shop'): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
});
const service = (name: string, spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec,
});

describe('Services', () => {
  it('select the pods of their namespace that have every label', () => {
    const pods = [
      pod('a', { app: 'web', tier: 'x' }),
      pod('b', { app: 'web' }),
      pod('c', { app: 'web', tier: 'x' }, 'other'),
    ];
    expect(edgesOf(service('web', { selector: { app: 'web', tier: 'x' } }), ...pods)).toEqual([
      'Service web selects Pod shop/a ()',
    ]);
  });

  it('select nothing without a selector', () => {
    expect(edgesOf(service('outside', {}), pod('a', { app: 'web' }))).toEqual([]);
  });
});

describe('Ingresses', () => {
  const ingress = (spec: object): object => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'front', namespace: 'shop' },
    spec,
  });

  it('route each host and path to a Service', () => {
    const paths = [{ path: '/api', backend: { service: { name: 'api', port: { number: 80 } } } }];
    expect(edgesOf(ingress({ rules: [{ host: 'shop.example', http: { paths } }] }))).toEqual([
      'Ingress front routes to Service shop/api (shop.example/api)',
    ]);
  });

  it('route everything else to their default, and read the Secrets of their certificates', () => {
    const spec = {
      defaultBackend: { service: { name: 'web', port: { number: 80 } } },
      tls: [{ secretName: 'cert' }, { hosts: ['x'] }],
    };
    expect(edgesOf(ingress(spec))).toEqual([
      'Ingress front routes to Service shop/web (*)',
      'Ingress front reads Secret shop/cert (tls)',
    ]);
  });

  it('lead to no Service where they name another resource', () => {
    expect(edgesOf(ingress({ defaultBackend: { resource: { kind: 'Bucket', name: 'x' } } }))).toEqual([]);
  });
});

describe('HTTPRoutes', () => {
  const route = (spec: object): object => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'r', namespace: 'shop' },
    spec,
  });

  it('stand between a Gateway and a Service, each in whichever namespace they name', () => {
    const spec = {
      hostnames: ['a.example'],
      parentRefs: [{ name: 'edge', namespace: 'infra', sectionName: 'https' }],
      rules: [
        {
          backendRefs: [
            { name: 'web', port: 80 },
            { name: 'db', namespace: 'data' },
          ],
        },
      ],
    };
    expect(edgesOf(route(spec))).toEqual([
      'HTTPRoute r routes to Service shop/web (a.example)',
      'HTTPRoute r routes to Service data/db (a.example)',
      'Gateway edge routes to HTTPRoute shop/r (https)',
    ]);
  });

  it('lead to Services and hang on Gateways only', () => {
    expect(
      edgesOf(
        route({
          parentRefs: [{ kind: 'Service', name: 'mesh' }],
          rules: [{ backendRefs: [{ kind: 'Bucket', name: 'x' }] }],
        }),
      ),
    ).toEqual([]);
  });
});

describe('guards', () => {
  it('a NetworkPolicy guards the pods that it selects, with an empty selector all of its namespace', () => {
    const policy = (podSelector: object): object => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: 'shop' },
      spec: { podSelector },
    });
    const pods = [pod('a', { app: 'web' }), pod('b', {}), pod('c', {}, 'other')];
    expect(edgesOf(policy({ matchLabels: { app: 'web' } }), ...pods)).toEqual(['NetworkPolicy p guards Pod shop/a ()']);
    expect(edgesOf(policy({}), ...pods)).toEqual([
      'NetworkPolicy p guards Pod shop/a ()',
      'NetworkPolicy p guards Pod shop/b ()',
    ]);
  });

  it('a budget without a selector guards nothing', () => {
    expect(
      edgesOf(
        { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b', namespace: 'shop' }, spec: {} },
        pod('a', {}),
      ),
    ).toEqual([]);
  });
});

describe('webhooks', () => {
  it('call the Service that they name, and none when they have a URL', () => {
    const webhooks = [
      { name: 'check.example', clientConfig: { service: { namespace: 'infra', name: 'hook' } } },
      { name: 'far.example', clientConfig: { url: 'https://far.example' } },
    ];
    const configuration = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'v' },
      webhooks,
    };
    expect(edgesOf(configuration)).toEqual([
      'ValidatingWebhookConfiguration v calls Service infra/hook (check.example)',
    ]);
  });
});
