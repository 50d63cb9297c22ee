import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Facts } from '@autodevops/domain/change/plan';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { patchOf } from '../testing/samples.ts';
import type { BeforeAfter } from './before-after.ts';
import { blastRadius } from './blast-radius.ts';
import { disruptionsAllowed } from './disruption-budget.ts';
import type { Touch } from './touch.ts';

const { signal } = new AbortController();

function pod(name: string, labels: Readonly<Record<string, string>> = { app: 'web' }, namespace = 'shop'): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels } };
}

function service(name: string, selector: Readonly<Record<string, string>> | null = { app: 'web' }): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { ...(selector === null ? {} : { selector }), ports: [{ port: 80 }] },
  };
}

interface Endpoint {
  readonly pod: string;
  readonly ready?: boolean;
}

function slice(name: string, of: string, endpoints: readonly Endpoint[]): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'shop', labels: { 'kubernetes.io/service-name': of } },
    addressType: 'IPv4',
    ports: [],
    endpoints: endpoints.map(({ pod: target, ready }) => ({
      addresses: ['10.0.0.1'],
      conditions: ready === undefined ? {} : { ready },
      targetRef: { kind: 'Pod', name: target, namespace: 'shop' },
    })),
  };
}

const pods = [pod('a'), pod('b'), pod('c'), pod('d')];
const all: readonly Endpoint[] = [
  { pod: 'a', ready: true },
  { pod: 'b', ready: true },
  { pod: 'c', ready: true },
  { pod: 'd', ready: true },
];

async function radius(
  objects: readonly Manifest[],
  touch: Partial<Touch>,
  changes: readonly BeforeAfter[] = [],
): Promise<NonNullable<Facts['blastRadius']>> {
  const touched = touch.pods ?? [];
  return await blastRadius(
    { touches: [{ operations: [patchOf()], pods: touched, atOnce: touched.length, ...touch }], changes },
    fakeCluster(objects),
    signal,
  );
}

describe('the blast radius', () => {
  it("is the share of a Service's ready endpoints that goes away", async () => {
    const found = await radius([service('web'), slice('web-1', 'web', all)], { pods: pods.slice(0, 2) });
    expect(found).toEqual({
      objects: 3,
      services: ['shop/web'],
      namespaces: ['shop'],
      shareOfReadyEndpoints: 0.5,
      readyEndpoints: 4,
    });
  });

  it('counts ready endpoints only, an unknown readiness as ready', async () => {
    const endpoints = [{ pod: 'a', ready: true }, { pod: 'b' }, { pod: 'c', ready: false }, { pod: 'd', ready: false }];
    expect(
      (
        await radius([service('web'), slice('web-1', 'web', endpoints)], {
          pods: [pods[0], pods[2]].filter((one) => one !== undefined),
        })
      ).shareOfReadyEndpoints,
    ).toBe(0.5);
  });

  it('counts a pod once that has endpoints in two address families', async () => {
    expect(
      (await radius([service('web'), slice('four', 'web', all), slice('six', 'web', all)], { pods: pods.slice(0, 1) }))
        .shareOfReadyEndpoints,
    ).toBe(0.25);
  });

  it('names a Service behind which pods of a changed workload newly come', async () => {
    const workload = (role: string): Manifest => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { metadata: { labels: { role } } } },
    });
    const change = {
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' },
      before: workload('web'),
      after: workload('db'),
    };
    const found = await radius([service('db', { role: 'db' }), slice('db-1', 'db', all)], {}, [change]);
    expect(found).toMatchObject({ services: ['shop/db'], shareOfReadyEndpoints: 0 });
  });

  it('counts only as many as may be away at the same time', async () => {
    expect(
      (await radius([service('web'), slice('web-1', 'web', all)], { pods, atOnce: 1 })).shareOfReadyEndpoints,
    ).toBe(0.25);
  });

  it('takes the worst hit of several Services and names all', async () => {
    const objects = [
      service('web'),
      slice('web-1', 'web', all),
      service('front', { app: 'web' }),
      slice('front-1', 'front', all.slice(0, 1)),
      service('other', { app: 'db' }),
      service('bare', null),
    ];
    expect(await radius(objects, { pods: pods.slice(0, 1) })).toMatchObject({
      services: ['shop/front', 'shop/web'],
      shareOfReadyEndpoints: 1,
      readyEndpoints: 1,
    });
  });

  it('is all of a Service that is changed itself', async () => {
    const operation = {
      verb: 'patch',
      target: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '1' },
      subresource: '',
      steps: [{ op: 'add', path: '/spec/selector/x', value: 'y' }],
    } as const;
    const found = await radius([service('web'), slice('web-1', 'web', all)], {
      operations: [{ ...operation, steps: [...operation.steps] }],
    });
    expect(found).toMatchObject({ services: ['shop/web'], shareOfReadyEndpoints: 1 });
  });

  it('is none of a Service that only gets another label', async () => {
    const operation = {
      verb: 'patch',
      target: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '1' },
      subresource: '',
    } as const;
    const [before] = [service('web')];
    const object = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'u' };
    const marked = { ...before, metadata: { ...before.metadata, labels: { team: 'a' } } };
    const of = async (after: Manifest): Promise<number> =>
      (
        await radius(
          [before, slice('web-1', 'web', all)],
          { operations: [{ ...operation, steps: [{ op: 'add', path: '/spec/x', value: 'y' }] }] },
          [{ object, before, after }],
        )
      ).shareOfReadyEndpoints;
    expect([await of(marked), await of(service('web', { app: 'web', track: 'new' }))]).toEqual([0, 1]);
  });

  it('is where a tool changes something, not where the object lies that steers it', async () => {
    const operation = {
      verb: 'patch',
      target: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        namespace: 'argocd',
        name: 'web',
        uid: 'u',
        resourceVersion: '1',
      },
      subresource: '',
      steps: [{ op: 'add', path: '/operation', value: {} }],
    } as const;
    const steering = { operations: [{ ...operation, steps: [...operation.steps] }] };
    const reaches = [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' }];
    expect(await radius([], { ...steering, reaches })).toMatchObject({ objects: 2, namespaces: ['shop'] });
    expect(await radius([], steering)).toMatchObject({ objects: 1, namespaces: ['argocd'] });
  });

  it('is nobody where no Service routes', async () => {
    expect(await radius([service('web', {})], { pods })).toMatchObject({ services: [], shareOfReadyEndpoints: 0 });
  });

  it('adds up what several actions take from one Service', async () => {
    const cluster = fakeCluster([service('web'), slice('web-1', 'web', all)]);
    const touches = [
      { operations: [patchOf()], pods: pods.slice(0, 2), atOnce: 1 },
      { operations: [patchOf('api')], pods: pods.slice(2), atOnce: 2 },
    ];
    expect(await blastRadius({ touches, changes: [] }, cluster, signal)).toMatchObject({
      objects: 6,
      shareOfReadyEndpoints: 0.75,
    });
  });
});

describe('the headroom of disruption budgets', () => {
  const budget = (name: string, selector: object | undefined, status?: object): Manifest => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'shop' },
    spec: selector === undefined ? {} : { selector },
    ...(status === undefined ? {} : { status }),
  });
  const allowed = async (...budgets: readonly Manifest[]): Promise<number | undefined> =>
    await disruptionsAllowed(pods, fakeCluster(budgets), signal);

  it('is the smallest of the budgets that cover one of the pods', async () => {
    const web = { matchLabels: { app: 'web' } };
    expect(
      await allowed(
        budget('a', web, { disruptionsAllowed: 2 }),
        budget('b', { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, { disruptionsAllowed: 1 }),
        budget('c', { matchLabels: { app: 'db' } }, { disruptionsAllowed: 0 }),
      ),
    ).toBe(1);
  });

  it('is none where the budget has not been worked out yet', async () => {
    expect(await allowed(budget('a', { matchLabels: { app: 'web' } }))).toBe(0);
  });

  it('counts an empty selector as every pod and a missing one as none', async () => {
    expect(await allowed(budget('a', {}, { disruptionsAllowed: 3 }))).toBe(3);
    expect(await allowed(budget('a', undefined, { disruptionsAllowed: 3 }))).toBeUndefined();
  });

  it('is not known without a budget', async () => {
    expect(await allowed()).toBeUndefined();
  });
});
