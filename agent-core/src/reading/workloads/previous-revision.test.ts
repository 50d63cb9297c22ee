import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { undoChanges, wayBackOf } from './previous-revision.ts';

const owner = (kind: string, name: string) => [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }];

function revision(number: number, ready: number, pods: number): object[] {
  const name = `web-${number}`;
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: 'shop',
        uid: name,
        ownerReferences: owner('Deployment', 'web'),
        annotations: { 'deployment.kubernetes.io/revision': String(number) },
      },
      spec: { template: { spec: { containers: [{ name: 'app', image: `web:${number}` }] } } },
      status: { readyReplicas: ready },
    },
    ...Array.from({ length: pods }, (_, i) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-${i}`, namespace: 'shop', ownerReferences: owner('ReplicaSet', name) },
    })),
  ];
}

function cluster(...objects: object[]): Snapshot {
  return new Snapshot(
    partsFrom(
      [
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: 'web' } },
        ...objects,
      ],
      '2026-01-01T12:00:00Z',
    ),
  );
}

function backTo(...objects: object[]): number | undefined {
  return wayBackOf(cluster(...objects), refByName('Deployment', 'shop', 'web'))?.toRevision;
}

describe('the revision to go back to', () => {
  it('is the newest older one of which pods are ready', () => {
    expect(backTo(...revision(7, 0, 1), ...revision(6, 0, 0), ...revision(5, 2, 2))).toBe(5);
  });

  it('is no revision whose own pods do not get ready', () => {
    expect(backTo(...revision(7, 0, 1), ...revision(6, 0, 1), ...revision(5, 0, 0))).toBe(5);
    expect(backTo(...revision(7, 0, 1), ...revision(6, 0, 1))).toBeUndefined();
  });

  it('is none where no older one is kept', () => {
    expect(backTo(...revision(7, 0, 1))).toBeUndefined();
  });

  it('of a StatefulSet is the one before the newest', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop', uid: 'db' },
      status: { updateRevision: 'db-b' },
    };
    const kept = (name: string, number: number) => ({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name, namespace: 'shop', ownerReferences: owner('StatefulSet', 'db') },
      revision: number,
    });
    const pod = (hash: string) =>
      kinds.Pod.shape.read({
        metadata: {
          name: 'db-0',
          namespace: 'shop',
          labels: { 'controller-revision-hash': hash },
          ownerReferences: owner('StatefulSet', 'db'),
        },
      });
    const snapshot = cluster(set, kept('db-a', 3), kept('db-b', 4));
    expect(undoChanges(snapshot, pod('db-b'))).toMatchObject([
      {
        action: 'rollout-undo',
        target: { kind: 'StatefulSet', name: 'db' },
        params: { toRevision: 3 },
        risk: 'medium',
      },
    ]);
    expect(undoChanges(snapshot, pod('db-a'))).toEqual([]);
  });
});

describe('the undo of a rollout', () => {
  it('is safer when the old revision serves now', () => {
    const pod = (set: string) =>
      kinds.Pod.shape.read({
        metadata: { name: `${set}-x`, namespace: 'shop', ownerReferences: owner('ReplicaSet', set) },
      });
    expect(undoChanges(cluster(...revision(7, 0, 1), ...revision(6, 2, 2)), pod('web-7'))[0]?.risk).toBe('low');
    expect(undoChanges(cluster(...revision(7, 0, 1), ...revision(6, 0, 0)), pod('web-7'))[0]?.risk).toBe('medium');
  });

  it('is not offered for a pod of an old revision', () => {
    const old = kinds.Pod.shape.read({
      metadata: { name: 'web-6-x', namespace: 'shop', ownerReferences: owner('ReplicaSet', 'web-6') },
    });
    expect(undoChanges(cluster(...revision(7, 0, 1), ...revision(6, 2, 2)), old)).toEqual([]);
  });
});
