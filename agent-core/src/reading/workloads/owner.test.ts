import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf, workloadOf } from './owner.ts';

const owner = (kind: string, name: string, controller?: boolean): object => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: `uid-${name}`,
  ...(controller === undefined ? {} : { controller }),
});
const meta = (name: string, ...ownerReferences: object[]): object => ({
  name,
  namespace: 'shop',
  uid: `uid-${name}`,
  ownerReferences,
});
const pod = (...owners: object[]): { metadata: object; [field: string]: unknown } => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta('p', ...owners),
});
const replicaSet = (name: string, ...owners: object[]): object => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: meta(name, ...owners),
});
const deployment = (name: string): object => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta(name) });

function workload(...objects: object[]): string {
  const snapshot = new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z'));
  const [first] = snapshot.list('Pod');
  if (first === undefined) throw new Error('no pod');
  const { kind, name } = workloadOf(snapshot, first);
  return `${kind} ${name}`;
}

describe('the controller of an object', () => {
  const controller = (...owners: object[]): string | undefined => {
    const [first] = new Snapshot(partsFrom([pod(...owners)], '2026-01-01T12:00:00Z')).list('Pod');
    return first === undefined ? undefined : controllerOf(first)?.name;
  };

  it('is the owner that says so', () => {
    expect(controller(owner('Thing', 'other'), owner('Job', 'run', true))).toBe('run');
  });

  it('is the first owner when none says so', () => {
    expect(controller(owner('Thing', 'a'), owner('Thing', 'b', false))).toBe('a');
  });

  it('is nothing without an owner', () => {
    expect(controller()).toBeUndefined();
  });
});

describe('the workload of a pod', () => {
  it('is the pod itself when nothing owns it', () => {
    expect(workload(pod())).toBe('Pod p');
  });

  it('is the Deployment of its ReplicaSet', () => {
    expect(
      workload(
        pod(owner('ReplicaSet', 'web-1', true)),
        replicaSet('web-1', owner('Deployment', 'web', true)),
        deployment('web'),
      ),
    ).toBe('Deployment web');
  });

  it('is the CronJob of its Job', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: meta('run-1', owner('CronJob', 'run', true)) };
    expect(
      workload(pod(owner('Job', 'run-1', true)), job, {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: meta('run'),
      }),
    ).toBe('CronJob run');
  });

  it('is a static pod itself, not its node', () => {
    expect(workload(pod(owner('Node', 'cp', true)), { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp' } })).toBe(
      'Pod p',
    );
  });

  it('is an owner of a kind that nobody here knows', () => {
    expect(workload(pod(owner('ReplicaSet', 'web-1', true)), replicaSet('web-1', owner('Rollout', 'web', true)))).toBe(
      'Rollout web',
    );
  });

  it('is told from the name of a ReplicaSet that was not seen, where the label says where the name ends', () => {
    const labelled = (hash: string): object => {
      const base = pod(owner('ReplicaSet', 'web-5d9c', true));
      return { ...base, metadata: { ...base.metadata, labels: { 'pod-template-hash': hash } } };
    };
    expect(workload(labelled('5d9c'))).toBe('Deployment web');
    expect(workload(labelled('other'))).toBe('ReplicaSet web-5d9c');
    expect(workload(pod(owner('ReplicaSet', 'web-5d9c', true)))).toBe('ReplicaSet web-5d9c');
  });

  it('is found though owners own each other', () => {
    expect(
      workload(
        pod(owner('ReplicaSet', 'a', true)),
        replicaSet('a', owner('ReplicaSet', 'b', true)),
        replicaSet('b', owner('ReplicaSet', 'a', true)),
      ),
    ).toMatch(/^ReplicaSet [ab]$/);
  });
});
