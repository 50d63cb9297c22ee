import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Facts } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { noon, patchOf, plannedAction } from '../testing/samples.ts';
import { factsOf } from './facts.ts';
import type { FactsWanted } from './facts.ts';

const { signal } = new AbortController();
const helm = {
  labels: { app: 'web', 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'web' },
};

function web(metadata: object = {}, kind = 'Deployment', apiVersion = 'apps/v1'): Manifest {
  return {
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop', uid: 'uid-web', ...metadata },
    spec: { replicas: 1 },
  };
}

const replicaSet: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: 'rs',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true }],
  },
};
const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web-1-a',
    namespace: 'shop',
    labels: { app: 'web' },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'rs', controller: true }],
  },
};

async function facts(
  object: Manifest,
  changes: Partial<FactsWanted> = {},
  view: ClusterView = fakeCluster([object, replicaSet, pod]),
): Promise<Facts> {
  const { apiVersion, kind, metadata } = object;
  const ref = { apiVersion, kind, namespace: 'shop', name: metadata.name, uid: 'uid-web' };
  return await factsOf(
    {
      actions: [plannedAction()],
      touches: [{ operations: [patchOf()], pods: [pod], atOnce: 1 }],
      changes: [{ object: ref, before: object, after: object }],
      notes: ['a', 'a'],
      restores: false,
      capturedAt: noon,
      ...changes,
    },
    view,
    signal,
  );
}

describe('facts', () => {
  it('are what is touched, whose it is, its labels and whether it can be taken back', async () => {
    expect(await facts(web(helm))).toEqual({
      capturedAt: '2026-01-01T12:00:00.000Z',
      reversible: true,
      restores: false,
      notes: ['a'],
      blastRadius: { objects: 2, services: [], namespaces: ['shop'], shareOfReadyEndpoints: 0 },
      managedBy: [{ tool: 'helm', owner: 'release /web' }],
      workloads: ['Deployment/shop/web'],
      labels: { 'Deployment/shop/web': helm.labels },
    });
  });

  it('are not reversible when one of the actions is not', async () => {
    expect(
      (
        await facts(web(), {
          actions: [plannedAction(), plannedAction('api', { undo: { operations: [], why: 'No.' } })],
        })
      ).reversible,
    ).toBe(false);
  });

  it('name no tool whose own way of doing it this is', async () => {
    expect(
      (await facts(web(helm), { touches: [{ operations: [patchOf()], pods: [], atOnce: 0, by: ['helm'] }] })).managedBy,
    ).toEqual([]);
    expect(
      (await facts(web(helm), { touches: [{ operations: [patchOf('other')], pods: [], atOnce: 0, by: ['helm'] }] }))
        .managedBy,
    ).toHaveLength(1);
  });

  it('name no tool for the object by which people steer it', async () => {
    const tracked = { annotations: { 'argocd.argoproj.io/tracking-id': 'apps:argoproj.io/Application:shop/web' } };
    expect((await facts(web(tracked, 'Application', 'argoproj.io/v1alpha1'), {}, fakeCluster([]))).managedBy).toEqual(
      [],
    );
  });

  it('leave out what cannot be read, and say so', async () => {
    const cluster = fakeCluster([web()]);
    const closed: ClusterView = {
      ...cluster,
      list: async () => {
        throw new AutoDevOpsError('cluster.forbidden', 'No.', 'Ask.');
      },
    };
    const found = await facts(web({ labels: { 'app.kubernetes.io/instance': 'x' } }), {}, closed);
    expect(found).not.toHaveProperty('blastRadius');
    expect(found).not.toHaveProperty('managedBy');
    expect(found.notes).toContain(
      'Not everything could be read, so the blast radius and who manages it are not known.',
    );
  });

  it('are not made up when somebody says stop', async () => {
    const stopped: ClusterView = {
      ...fakeCluster([]),
      list: async () => {
        throw new AutoDevOpsError('interrupted', 'Stop.', '');
      },
    };
    await expect(facts(web(), {}, stopped)).rejects.toMatchObject({ code: 'interrupted' });
  });
});
