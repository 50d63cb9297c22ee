import { describe, expect, it } from 'vitest';
import { readEvents } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import {
  ask,
  configMap,
  deployment,
  ending,
  mergePatch,
  pods,
  start,
  strategicPatch,
} from './testing/writable-replay.ts';
import type { Told } from './testing/writable-replay.ts';

describe('a change', () => {
  it('is seen by those who watch', async () => {
    const url = await start();
    const events = readEvents(`${url}/api/v1/namespaces/shop/configmaps?watch=1&timeoutSeconds=1&resourceVersion=40`);
    await ask('POST', `${url}/api/v1/namespaces/shop/configmaps`, configMap('seen', { data: { a: '1' } }));
    await ask('PATCH', `${url}/api/v1/namespaces/shop/configmaps/seen`, { data: { a: '2' } }, mergePatch);
    await ask('PATCH', `${url}/api/v1/namespaces/shop/configmaps/seen?dryRun=All`, { data: { a: '3' } }, mergePatch);
    await ask('DELETE', `${url}/api/v1/namespaces/shop/configmaps/seen`);
    const seen = (await events).map(({ type, object }) => [type, Number(object.metadata.resourceVersion)]);
    expect(seen).toEqual([
      ['ADDED', 41],
      ['MODIFIED', 42],
      ['DELETED', 43],
    ]);
  });

  it('merges containers by their names, and refuses what it cannot merge soundly', async () => {
    const url = await start();
    const merged = await ask(
      'PATCH',
      `${url}${pods}/web-2`,
      { spec: { containers: [{ name: 'sidecar', image: 'b:2' }] } },
      strategicPatch,
    );
    expect(merged.body['spec']).toMatchObject({ containers: [{ name: 'app' }, { name: 'sidecar', image: 'b:2' }] });
    const template = (spec: object): object => ({ spec: { template: { spec } } });
    await ask(
      'PATCH',
      `${url}${deployment}`,
      template({
        containers: [
          { name: 'app', image: 'a:1' },
          { name: 'sidecar', image: 'b:1' },
        ],
      }),
      strategicPatch,
    );
    const ordered = await ask(
      'PATCH',
      `${url}${deployment}`,
      template({
        '$setElementOrder/containers': [{ name: 'sidecar' }, { name: 'app' }],
        containers: [{ name: 'app', image: 'a:2' }],
      }),
      strategicPatch,
    );
    expect(ordered.body).toMatchObject(
      template({
        containers: [
          { name: 'sidecar', image: 'b:1' },
          { name: 'app', image: 'a:2' },
        ],
      }),
    );
    for (const spec of [
      { $patch: 'replace' },
      { '$setElementOrder/containers': [{ name: 'app' }] },
      { unheardOf: [{ a: 1 }] },
      { containers: [{ image: 'nameless' }] },
    ]) {
      expect((await ask('PATCH', `${url}${pods}/web-2`, { spec }, strategicPatch)).code).toBe(415);
    }
  });

  it('ends a pod on a node by its kubelet, and any other pod at once', async () => {
    const url = await start();
    const ending = await ask('DELETE', `${url}${pods}/web-1`, { gracePeriodSeconds: 5 });
    expect(ending.body.metadata).toMatchObject({
      deletionGracePeriodSeconds: 5,
      deletionTimestamp: expect.any(String),
    });
    expect((await ask('GET', `${url}${pods}/web-1`)).code).toBe(200);
    expect((await ask('DELETE', `${url}/api/v1/namespaces/data/pods/db-0`)).body).toMatchObject({ kind: 'Pod' });
    expect((await ask('GET', `${url}/api/v1/namespaces/data/pods/db-0`)).code).toBe(404);
  });

  it('holds a deleted Namespace, and takes nothing new into it', async () => {
    const url = await start();
    await ask('POST', `${url}/api/v1/namespaces`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'going' } });
    expect((await ask('DELETE', `${url}/api/v1/namespaces/going`)).body).toMatchObject({
      status: { phase: 'Terminating' },
    });
    const late = await ask('POST', `${url}/api/v1/namespaces/going/configmaps`, configMap('late'));
    expect(late.body).toMatchObject({
      code: 403,
      message:
        'configmaps "late" is forbidden: unable to create new content in namespace going because it is being terminated',
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    });
  });

  it('waits for the collector when dependents go first or stay', async () => {
    const url = await start();
    for (const [policy, finalizer] of [
      ['Foreground', 'foregroundDeletion'],
      ['Orphan', 'orphan'],
      ['Background', undefined],
    ] as const) {
      await ask('POST', `${url}/api/v1/namespaces/shop/configmaps`, configMap(`by-${policy.toLowerCase()}`));
      const told = await ask('DELETE', `${url}/api/v1/namespaces/shop/configmaps/by-${policy.toLowerCase()}`, {
        propagationPolicy: policy,
      });
      expect(told.body.metadata['finalizers']).toEqual(finalizer === undefined ? undefined : [finalizer]);
    }
  });

  it('is offered by discovery, with its subresources', async () => {
    const { body } = await ask('GET', `${await start()}/apis/apps/v1`);
    const resources = body['resources'] as { name: string; verbs: string[]; group?: string }[];
    expect(resources.find(({ name }) => name === 'deployments')?.verbs).toEqual([
      'create',
      'delete',
      'get',
      'list',
      'patch',
      'watch',
    ]);
    expect(resources.find(({ name }) => name === 'deployments/scale')).toMatchObject({
      group: 'autoscaling',
      verbs: ['get', 'patch'],
    });
  });
});

describe('an eviction', () => {
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  const budget = (name: string, status: object, spec: object = {}): object => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'shop', generation: 1 },
    spec: { selector: { matchLabels: { app: 'bound' } }, ...spec },
    status,
  });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bound', namespace: 'shop', labels: { app: 'bound' } },
    spec: {},
    status: ready,
  };

  async function evicting(...objects: readonly object[]): Promise<Told> {
    const server = await startReplayServer(
      { objects: [pod, ...objects] as Readonly<Record<string, unknown>>[], logs: [] },
      { writable: true },
    );
    ending(server);
    return await ask('POST', `${server.url}${pods}/bound/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'bound' },
    });
  }

  it('uses up what the budget allows', async () => {
    const server = await startReplayServer(
      {
        objects: [
          pod,
          { ...pod, metadata: { ...pod.metadata, name: 'other' } },
          budget('web', { observedGeneration: 1, disruptionsAllowed: 1, desiredHealthy: 1, currentHealthy: 2 }),
        ] as Readonly<Record<string, unknown>>[],
        logs: [],
      },
      { writable: true },
    );
    ending(server);
    const evict = (name: string): Promise<Told> =>
      ask('POST', `${server.url}${pods}/${name}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name },
      });
    expect((await evict('bound')).body).toMatchObject({ status: 'Success', code: 201 });
    expect((await evict('other')).body).toMatchObject({
      code: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          { reason: 'DisruptionBudget', message: 'The disruption budget web needs 1 healthy pods and has 2 currently' },
        ],
      },
    });
  });

  it('waits until the budget was looked at', async () => {
    expect((await evicting(budget('web', {}))).body).toMatchObject({ code: 429, details: { retryAfterSeconds: 10 } });
  });

  it('is not possible under two budgets', async () => {
    const allowed = { observedGeneration: 1, disruptionsAllowed: 1 };
    expect((await evicting(budget('one', allowed), budget('two', allowed))).body).toMatchObject({
      code: 500,
      message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    });
  });

  it('needs no budget for a pod that serves nobody', async () => {
    const none = { observedGeneration: 1, disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 0 };
    const sick = { ...pod, status: { phase: 'Running' } };
    expect((await evicting(sick, budget('web', none))).code).toBe(429);
    expect((await evicting(sick, budget('web', none, { unhealthyPodEvictionPolicy: 'AlwaysAllow' }))).code).toBe(201);
    expect((await evicting(sick, budget('web', { ...none, currentHealthy: 1 }))).code).toBe(201);
    expect((await evicting({ ...pod, status: { phase: 'Pending' } }, budget('web', none))).code).toBe(201);
  });
});
