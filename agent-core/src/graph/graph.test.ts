import { describe, expect, it } from 'vitest';
import { refByName } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { around, dependenciesOf, dependentsOf, graphOf, ownedTree } from './graph.ts';

const owned = (kind: string, name: string): object => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true }],
});
const meta = (name: string, more: object = {}): object => ({ name, namespace: 'shop', uid: `uid-${name}`, ...more });

/** web (Deployment, ReplicaSet, Pod) calls Service db, behind which is pod db-0 with a claim; all run on one node. */
const cluster = new Snapshot(
  partsFrom(
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('web') },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: meta('web-1', owned('Deployment', 'web')) },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: meta('web-1-a', owned('ReplicaSet', 'web-1')),
        spec: { nodeName: 'worker', containers: [{ name: 'app', env: [{ name: 'DB_HOST', value: 'db' }] }] },
      },
      { apiVersion: 'v1', kind: 'Service', metadata: meta('db'), spec: { selector: { app: 'db' } } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: meta('db-0', { labels: { app: 'db' } }),
        spec: { nodeName: 'worker', volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: meta('db-budget'),
        spec: { selector: { matchLabels: { app: 'db' } } },
      },
    ],
    '2026-01-01T12:00:00Z',
  ),
);

const inShop = (kind: Parameters<typeof refByName>[0], name: string): ObjectRef => refByName(kind, 'shop', name);
const names = (refs: readonly ObjectRef[]): string[] => refs.map((r) => `${r.kind} ${r.name}`).toSorted();

describe('the graph', () => {
  it('is built once for the same objects, also after logs were read', () => {
    expect(graphOf(cluster)).toBe(graphOf(cluster));
    expect(graphOf(cluster.withLogs([]))).toBe(graphOf(cluster));
  });

  it('can be read from either end of an edge', () => {
    const graph = graphOf(cluster);
    expect(graph.from('Service/shop/db').map((e) => e.to.name)).toEqual(['db-0']);
    expect(graph.to('Service/shop/db').map((e) => e.from.name)).toEqual(['web-1-a']);
  });

  it('knows nothing of an object that nobody speaks of', () => {
    expect(graphOf(cluster).from('Pod/shop/unheard-of')).toEqual([]);
    expect(dependenciesOf(cluster, inShop('Pod', 'unheard-of'))).toEqual([]);
  });

  it('keeps an edge to an object that does not exist', () => {
    expect(graphOf(cluster).to('PersistentVolumeClaim/shop/data')).toHaveLength(1);
  });
});

describe('walks over the graph', () => {
  it('an owner owns down to the pods', () => {
    expect(names(ownedTree(cluster, inShop('Deployment', 'web')))).toEqual(['Pod web-1-a', 'ReplicaSet web-1']);
  });

  it('a workload stands on its pods, on whom they call, and on what stands behind that', () => {
    expect(names(dependenciesOf(cluster, inShop('Deployment', 'web')))).toEqual([
      'Node worker',
      'PersistentVolumeClaim data',
      'Pod db-0',
      'Pod web-1-a',
      'ReplicaSet web-1',
      'Service db',
    ]);
  });

  it('nothing stands on a budget that only guards it', () => {
    expect(dependenciesOf(cluster, inShop('PodDisruptionBudget', 'db-budget'))).toEqual([]);
    expect(names(dependentsOf(cluster, inShop('Pod', 'db-0')))).not.toContain('PodDisruptionBudget db-budget');
  });

  it('a claim is leant on by its pod, the Service before it and those who call that', () => {
    expect(names(dependentsOf(cluster, inShop('PersistentVolumeClaim', 'data')))).toEqual([
      'Deployment web',
      'Pod db-0',
      'Pod web-1-a',
      'ReplicaSet web-1',
      'Service db',
    ]);
  });

  it('two workloads that call each other end the walk', () => {
    const pod = (name: string, calls: string): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta(name, { labels: { app: name } }),
      spec: { containers: [{ name: 'app', env: [{ name: 'PEER_HOST', value: calls }] }] },
    });
    const service = (name: string): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta(name),
      spec: { selector: { app: name } },
    });
    const circle = new Snapshot(
      partsFrom([pod('a', 'b'), pod('b', 'a'), service('a'), service('b')], '2026-01-01T12:00:00Z'),
    );
    expect(names(dependenciesOf(circle, inShop('Pod', 'a')))).toEqual(['Pod b', 'Service a', 'Service b']);
  });
});

describe('what is around an object', () => {
  it('is nothing at no steps', () => {
    expect(around(cluster, [inShop('Service', 'db')], 0)).toEqual([]);
  });

  it('is its own edges at one step, in both directions', () => {
    expect(
      around(cluster, [inShop('Service', 'db')], 1)
        .map((e) => `${e.from.name} ${e.verb} ${e.to.name}`)
        .toSorted(),
    ).toEqual(['db selects db-0', 'web-1-a calls db']);
  });

  it('is the edges of its neighbours too at two, each once', () => {
    const edges = around(cluster, [inShop('Service', 'db'), inShop('Pod', 'db-0')], 2);
    expect(new Set(edges).size).toBe(edges.length);
    expect(edges.map((e) => `${e.from.name} ${e.verb} ${e.to.name}`)).toContain('web-1 owns web-1-a');
  });
});
