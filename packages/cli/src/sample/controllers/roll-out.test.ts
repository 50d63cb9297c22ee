import { describe, expect, it } from 'vitest';
import { fieldsOf, isOwnedBy, isReady, listOf } from './cluster-object.ts';
import type { ClusterObject, ObjectChange } from './cluster-object.ts';
import { rollOut } from './roll-out.ts';
import type { RolloutScene } from './roll-out.ts';

function template(image: string, hash?: string): Record<string, unknown> {
  return {
    metadata: { labels: { app: 'web', ...(hash === undefined ? {} : { 'pod-template-hash': hash }) } },
    spec: { containers: [{ name: 'web', image }] },
  };
}

function deployment(image: string, strategy = 'RollingUpdate'): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', uid: 'd', generation: 4 },
    spec: {
      replicas: 2,
      strategy: { type: strategy },
      selector: { matchLabels: { app: 'web' } },
      template: template(image),
    },
  };
}

function replicaSet(revision: number, image: string, replicas: number): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${revision}`,
      namespace: 'shop',
      uid: `rs${revision}`,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ uid: 'd' }],
    },
    spec: { replicas, template: template(image, `h${revision}`) },
    status: {},
  };
}

function pod(revision: number, number: number, ready: boolean): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `web-${revision}-${number}`,
      namespace: 'shop',
      uid: `p${revision}${number}`,
      labels: { app: 'web' },
      ownerReferences: [{ uid: `rs${revision}` }],
    },
    spec: {},
    status: { phase: ready ? 'Running' : 'Pending', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

const good = replicaSet(1, 'web:1', 2);
const bad = replicaSet(2, 'web:2', 1);

function scene(pods: readonly ClusterObject[], recordedPods = pods): RolloutScene {
  let count = 0;
  return {
    replicaSets: [good, bad],
    pods,
    recorded: { replicaSets: [good, bad], pods: recordedPods },
    nodes: ['worker'],
    now: '2026-01-01T00:00:00Z',
    next: () => ++count,
  };
}

function after(pods: readonly ClusterObject[], changes: readonly ObjectChange[]): readonly ClusterObject[] {
  const gone = new Set(changes.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.uid));
  return [
    ...pods.filter(({ metadata }) => !gone.has(metadata.uid)),
    ...changes.filter(({ type, object }) => type === 'ADDED' && object.kind === 'Pod').map(({ object }) => object),
  ];
}

function statusOf(changes: readonly ObjectChange[]): Readonly<Record<string, unknown>> {
  return fieldsOf(changes.find(({ object }) => object.kind === 'Deployment')?.object.status);
}

function reasonOf(changes: readonly ObjectChange[]): unknown {
  return listOf(statusOf(changes)['conditions']).find(({ type }) => type === 'Progressing')?.['reason'];
}

describe('a Deployment of the sample', () => {
  it('that returns to a revision which serves lets its pods be and takes the others away', () => {
    const pods = [pod(1, 1, true), pod(1, 2, true), pod(2, 1, false)];
    const changes = rollOut(deployment('web:1'), scene(pods));
    expect(after(pods, changes).map(({ metadata }) => metadata.name)).toEqual(['web-1-1', 'web-1-2']);
    expect(statusOf(changes)).toMatchObject({
      observedGeneration: 4,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
    });
    expect(reasonOf(changes)).toBe('NewReplicaSetAvailable');
    const target = changes.find(({ object }) => object.metadata.name === 'web-1')?.object;
    expect(target?.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  });

  it('gets ready pods of a revision that served before the recording', () => {
    const pods = [pod(2, 1, false), pod(2, 2, false)];
    const made = after(pods, rollOut(deployment('web:1', 'Recreate'), scene(pods)));
    expect(made.map((one) => isReady(one) && isOwnedBy(one, good))).toEqual([true, true]);
    expect(new Set(made.map(({ metadata }) => metadata.name)).size).toBe(2);
  });

  it('keeps what serves while a revision that was seen failing fails again', () => {
    const pods = [pod(1, 1, true), pod(1, 2, true)];
    const changes = rollOut(deployment('web:2'), scene(pods, [...pods, pod(2, 9, false)]));
    expect(after(pods, changes).map(isReady)).toEqual([true, true, false]);
    expect(reasonOf(changes)).toBe('ProgressDeadlineExceeded');
  });

  it('does not pretend to know how a template that nobody saw would run', () => {
    const pods = [pod(1, 1, true), pod(1, 2, true)];
    const changes = rollOut(deployment('web:3'), scene(pods));
    expect(changes.filter(({ type, object }) => type === 'ADDED' && object.kind === 'ReplicaSet')).toHaveLength(1);
    expect(after(pods, changes).map(isReady)).toEqual([true, true, false]);
    expect(reasonOf(changes)).toBe('ProgressDeadlineExceeded');
  });
});
