import { describe, expect, it } from 'vitest';
import { refKey } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { callsKnown } from './calls-known.ts';
import { servicesInText } from './services-in-text.ts';

const names = ['web', 'cart', 'db'];
const objects = names.flatMap((name) => [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop', uid: name } },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-5`,
      namespace: 'shop',
      uid: `${name}-rs`,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid: name, controller: true }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-5-x`,
      namespace: 'shop',
      uid: `${name}-pod`,
      labels: { app: name },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-5`, uid: `${name}-rs`, controller: true },
      ],
    },
    spec: {
      containers: [
        { name: 'app', image: 'a:1', env: name === 'web' ? [{ name: 'CART_URL', value: 'http://cart:8080' }] : [] },
      ],
    },
    status: { phase: 'Running' },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', uid: `${name}-svc` },
    spec: { clusterIP: `10.96.0.${names.indexOf(name) + 1}`, selector: { app: name }, ports: [{ port: 8080 }] },
  },
]);

function calls(
  name: string,
  more: { readonly series?: readonly Series[]; readonly log?: string; readonly policies?: readonly object[] } = {},
): readonly string[] {
  const logs =
    more.log === undefined
      ? []
      : [
          {
            namespace: 'shop',
            pod: `${name}-5-x`,
            container: 'app',
            previous: false,
            text: more.log,
            truncated: false,
          },
        ];
  const snapshot = new Snapshot({
    ...partsFrom([...objects, ...(more.policies ?? [])], '2026-01-01T12:00:00Z'),
    logs,
    series: more.series ?? [],
  });
  return callsKnown(snapshot, { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: name }).map(
    refKey,
  );
}

describe('whom an object calls', () => {
  it('is told by its configuration', () => {
    expect(calls('web')).toEqual(['Service/shop/cart']);
    expect(calls('cart')).toEqual([]);
  });

  it('is told by what its log complains of, by name, by address and in a field', () => {
    expect(calls('cart', { log: 'ERROR dial tcp: connect to db:5432 failed' })).toEqual(['Service/shop/db']);
    expect(calls('cart', { log: 'ERROR dial tcp 10.96.0.3:5432: i/o timeout' })).toEqual(['Service/shop/db']);
    expect(calls('cart', { log: 'level=error msg="no answer" upstream="db" status=504' })).toEqual(['Service/shop/db']);
    expect(calls('cart', { log: 'level=info msg="connected" upstream="db"' })).toEqual([]);
  });

  it('is told by what a mesh or traces have counted, and never itself', () => {
    const counted = (labels: Series['labels']): Series => ({ query: '', labels, points: [[1, 1]] });
    expect(
      calls('cart', {
        series: [
          counted({
            source_workload: 'cart',
            source_workload_namespace: 'shop',
            destination_workload: 'db',
            destination_workload_namespace: 'shop',
          }),
        ],
      }),
    ).toEqual(['Deployment/shop/db']);
    expect(
      calls('cart', {
        series: [
          counted({
            namespace: 'shop',
            pod: 'cart-5-x',
            envoy_cluster_name: 'outbound|5432||db.shop.svc.cluster.local',
          }),
        ],
      }),
    ).toEqual(['Deployment/shop/db']);
    expect(
      calls('cart', {
        series: [
          counted({ client: 'cart', server: 'db' }),
          counted({ client: 'cart', server: 'cart' }),
          counted({ client: 'cart', server: 'unknown' }),
        ],
      }),
    ).toEqual(['Deployment/shop/db']);
  });
});

describe('whom network policies allow to be called', () => {
  const policy = (spec: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop', uid: 'p' },
    spec,
  });
  const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });

  it('counts where nothing else is known: by who is let in, and by who may be gone to', () => {
    expect(
      calls('cart', {
        policies: [policy({ ...pods('db'), policyTypes: ['Ingress'], ingress: [{ from: [pods('cart')] }] })],
      }),
    ).toEqual(['Deployment/shop/db']);
    expect(
      calls('cart', {
        policies: [policy({ ...pods('cart'), policyTypes: ['Egress'], egress: [{ to: [pods('db')] }] })],
      }),
    ).toEqual(['Deployment/shop/db']);
    expect(
      calls('web', {
        policies: [policy({ ...pods('db'), policyTypes: ['Ingress'], ingress: [{ from: [pods('web')] }] })],
      }),
    ).toEqual(['Service/shop/cart']);
  });

  it('is not told by what lets everybody in', () => {
    expect(
      calls('cart', {
        policies: [
          policy({ ...pods('db'), policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] }),
          policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [pods('cart')] }] }),
        ],
      }),
    ).toEqual([]);
  });
});

describe('services that a text names', () => {
  const snapshot = new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z'));
  it.each([
    ['{"error":"timeout","peer":"db:5432"}', ['Service/shop/db']],
    ['server=web took 3 s', ['Service/shop/web']],
    ['the db is fine', []],
    ['host=elsewhere', []],
    [`upstream=${'a'.repeat(1e6)}`, []],
  ])('%s', (text, expected) => {
    expect(servicesInText(snapshot, text, 'shop').map(refKey)).toEqual(expected);
  });
});
