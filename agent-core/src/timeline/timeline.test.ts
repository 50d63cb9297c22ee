import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../jamie/testing/cluster-builder.ts';
import { beginningOf } from './beginning.ts';
import { templateDifference } from './template-difference.ts';
import { timeline } from './timeline.ts';
import { refByName } from '@autodevops/domain/object-ref';
import { podTemplate } from '@autodevops/domain/kubernetes/pod';

type Raw = { kind: 'ReplicaSet' | 'Deployment' | 'ConfigMap' | 'Event'; [field: string]: unknown };

function revision(number: number, created: string, image: string): Raw {
  return {
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${number}`,
      namespace: 'shop',
      uid: `rs-${number}`,
      creationTimestamp: created,
      annotations: { 'deployment.kubernetes.io/revision': String(number) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true }],
    },
    spec: {
      template: {
        metadata: { labels: { app: 'web', 'pod-template-hash': String(number) } },
        spec: {
          containers: [
            { name: 'app', image, env: [{ name: 'A', value: '1' }], envFrom: [{ configMapRef: { name: 'settings' } }] },
          ],
        },
      },
    },
  };
}

function deployment(image: string): Raw {
  const managedFields = [{ manager: 'kubectl-set', operation: 'Update', time: '2026-01-01T11:50:00Z' }];
  return {
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', uid: 'web', creationTimestamp: '2026-01-01T08:00:00Z', managedFields },
    spec: {
      template: { spec: { containers: [{ name: 'app', image, envFrom: [{ configMapRef: { name: 'settings' } }] }] } },
    },
  };
}

const rolledOut = snapshotOf(
  deployment('shop/web:1.5'),
  revision(6, '2026-01-01T08:00:00Z', 'shop/web:1.4'),
  revision(7, '2026-01-01T11:50:00Z', 'shop/web:1.5'),
);
const web = refByName('Deployment', 'shop', 'web');

describe('what a problem began with', () => {
  it('is told of a Service too, when all its pods are of one workload', () => {
    const owned = {
      kind: 'Pod' as const,
      metadata: {
        name: 'web-7-a',
        namespace: 'shop',
        labels: { app: 'web' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7', uid: 'rs-7', controller: true }],
      },
      spec: { containers: [] },
    };
    const service = {
      kind: 'Service' as const,
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' } },
    };
    const cluster = snapshotOf(
      deployment('shop/web:1.5'),
      revision(6, '2026-01-01T08:00:00Z', 'shop/web:1.4'),
      revision(7, '2026-01-01T11:50:00Z', 'shop/web:1.5'),
      owned,
      service,
    );
    const beginning = beginningOf(cluster, refByName('Service', 'shop', 'web'), '2026-01-01T11:52:00Z');
    expect(beginning?.sentence).toContain('Since revision 7');
    expect(beginning?.workload).toMatchObject({ kind: 'Deployment', name: 'web' });
  });

  it('is the last write to a StatefulSet, but not one of a controller, nor its creation', () => {
    const set = (...managedFields: object[]) =>
      snapshotOf({
        kind: 'StatefulSet' as const,
        metadata: {
          name: 'db',
          namespace: 'shop',
          uid: 'db',
          creationTimestamp: '2026-01-01T08:00:00Z',
          managedFields,
        },
        spec: { template: { spec: { containers: [] } } },
      });
    const db = refByName('StatefulSet', 'shop', 'db');
    const written = { manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T11:50:00Z' };
    const followed = { manager: 'kube-controller-manager', operation: 'Update', time: '2026-01-01T11:51:00Z' };
    expect(beginningOf(set(written, followed), db, '2026-01-01T11:52:00Z')?.sentence).toBe(
      'Since StatefulSet db was changed by kubectl-edit.',
    );
    expect(beginningOf(set(followed), db, '2026-01-01T11:52:00Z')).toBeUndefined();
    expect(beginningOf(set({ ...written, time: '2026-01-01T08:00:00Z' }), db, '2026-01-01T08:05:00Z')).toBeUndefined();
  });

  it('is the revision that it followed, with what changed', () => {
    const beginning = beginningOf(rolledOut, web, '2026-01-01T11:51:00Z');
    expect(beginning?.sentence).toBe('Since revision 7: image shop/web:1.4 → 1.5.');
    expect(beginning?.time).toBe('2026-01-01T11:50:00Z');
    expect(beginning?.evidence[0]?.quote).toBe('revision 7: image shop/web:1.4 → 1.5');
  });

  it('is not a revision that came long before, or after', () => {
    expect(beginningOf(rolledOut, web, '2026-01-01T11:40:00Z')).toBeUndefined();
    expect(beginningOf(rolledOut, web, '')).toBeUndefined();
  });

  const changed = (name: string, time: string): Raw => ({
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'shop',
      creationTimestamp: '2026-01-01T08:00:00Z',
      managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time }],
    },
  });

  it('is the change of a ConfigMap that the workload reads, when no revision is near', () => {
    const snapshot = snapshotOf(
      deployment('shop/web:1.4'),
      revision(6, '2026-01-01T08:00:00Z', 'shop/web:1.4'),
      changed('settings', '2026-01-01T11:30:00Z'),
    );
    expect(beginningOf(snapshot, web, '2026-01-01T11:31:00Z')?.sentence).toBe(
      'Since ConfigMap settings was changed by kubectl-edit.',
    );
  });

  it('is not the creation of a ConfigMap, nor the change of one that nobody here reads', () => {
    for (const other of [changed('settings', '2026-01-01T08:00:00Z'), changed('other', '2026-01-01T08:05:00Z')]) {
      expect(beginningOf(snapshotOf(deployment('shop/web:1.4'), other), web, '2026-01-01T08:06:00Z')).toBeUndefined();
    }
  });

  it('is the newest of several changes that the trouble followed', () => {
    const volumes = ['a', 'b', 'c'].map((name) => ({ name, projected: { sources: [{ configMap: { name } }] } }));
    const pod = {
      kind: 'Pod' as const,
      metadata: { name: 'web', namespace: 'shop' },
      spec: { volumes, containers: [{ name: 'app' }] },
    };
    const snapshot = snapshotOf(
      pod,
      changed('a', '2026-01-01T11:20:00Z'),
      changed('b', '2026-01-01T11:25:00Z'),
      changed('c', '2026-01-01T11:59:00Z'),
    );
    expect(beginningOf(snapshot, refByName('Pod', 'shop', 'web'), '2026-01-01T11:31:00Z')?.sentence).toContain(
      'ConfigMap b ',
    );
  });
});

describe('the timeline', () => {
  it('tells a rollout once, with its difference, newest first', () => {
    const told = timeline(rolledOut, Date.parse('2026-01-01T07:00:00Z'));
    expect(told.map((entry) => entry.what)).toEqual(['revision 7: image shop/web:1.4 → 1.5', 'created']);
  });

  it('leaves out what came before the time asked for', () => {
    expect(timeline(rolledOut, Date.parse('2026-01-01T11:00:00Z'))).toHaveLength(1);
  });
});

describe('the difference of two templates', () => {
  it('names a changed variable without its value, which may be secret', () => {
    const template = (value: string): ReturnType<typeof podTemplate.read> =>
      podTemplate.read({ spec: { containers: [{ name: 'app', image: 'a', env: [{ name: 'PASSWORD', value }] }] } });
    expect(templateDifference(template('old'), template('new'))).toEqual(['variable PASSWORD changed']);
  });

  it('names containers that come and go, and limits with both values', () => {
    const before = podTemplate.read({
      spec: {
        containers: [
          { name: 'app', image: 'a', resources: { limits: { memory: '64Mi' } } },
          { name: 'old', image: 'b' },
        ],
      },
    });
    const after = podTemplate.read({
      spec: {
        containers: [
          { name: 'app', image: 'a', resources: { limits: { memory: '32Mi' } } },
          { name: 'new', image: 'c' },
        ],
      },
    });
    expect(templateDifference(before, after)).toEqual([
      'app: limit memory 64Mi → 32Mi',
      'container new added (image c)',
      'container old removed',
    ]);
  });
});
