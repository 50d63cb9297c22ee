import { describe, expect, it } from 'vitest';
import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refByName } from '@autodevops/domain/object-ref';
import { concerns, focusObjects, neighbourhood } from './focus.ts';
import { podOf, snapshotOf, statefulSetOf } from '../testing/cluster-builder.ts';

const cluster = snapshotOf(
  statefulSetOf('web'),
  podOf({ name: 'web-0', owner: 'web' }),
  { kind: 'Node', metadata: { name: 'worker-1' } },
  { kind: 'Secret', metadata: { name: 'cert', namespace: 'shop' } },
  { kind: 'Secret', metadata: { name: 'cert', namespace: 'other' } },
);

function refusal(focus: Parameters<typeof focusObjects>[1]): AutoDevOpsError {
  try {
    focusObjects(cluster, focus);
  } catch (error) {
    if (error instanceof AutoDevOpsError) return error;
  }
  throw new Error('it was found');
}

describe('an object that was asked about', () => {
  it('is found in every namespace when none is named', () => {
    expect(focusObjects(cluster, { kind: 'Secret', name: 'cert' }).map((r) => r.namespace)).toEqual(['shop', 'other']);
  });

  it('is found in the namespace that is named only', () => {
    expect(focusObjects(cluster, { kind: 'Secret', name: 'cert', namespace: 'other' })).toHaveLength(1);
  });

  it('needs no namespace when it is in none', () => {
    expect(focusObjects(cluster, { kind: 'Node', name: 'worker-1', namespace: 'shop' })).toHaveLength(1);
  });

  it('that does not exist is an error which names those nearby', () => {
    expect(refusal({ kind: 'StatefulSet', name: 'wbe', namespace: 'shop' })).toMatchObject({
      code: 'object.not-found',
      message: 'There is no StatefulSet "wbe" in namespace shop.',
      remedy: 'Did you mean "web"?',
    });
  });

  it('unlike anything that exists is an error which says how to list what does', () => {
    expect(refusal({ kind: 'StatefulSet', name: 'something-else' }).remedy).toContain('list statefulsets');
  });
});

describe('its neighbourhood', () => {
  const around = (kind: 'Pod' | 'StatefulSet', name: string): string[] =>
    [...neighbourhood(cluster, [refByName(kind, 'shop', name)])].toSorted();

  it('reaches up to its owners and down to its pods', () => {
    expect(around('Pod', 'web-0')).toEqual(['Pod/shop/web-0', 'StatefulSet/shop/web']);
    expect(around('StatefulSet', 'web')).toEqual(['Pod/shop/web-0', 'StatefulSet/shop/web']);
  });

  it('ends at owners that own each other', () => {
    const set = (name: string, owner: string) => ({
      kind: 'ReplicaSet' as const,
      metadata: {
        name,
        namespace: 'shop',
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }],
      },
    });
    expect(neighbourhood(snapshotOf(set('a', 'b'), set('b', 'a')), [refByName('ReplicaSet', 'shop', 'a')]).size).toBe(
      2,
    );
  });

  it('concerns a cause that is there, or has a symptom there', () => {
    const keys = new Set(['Pod/shop/web-0']);
    const cause = (object: string, ...symptoms: string[]): Cause =>
      ({
        object: refByName('Pod', 'shop', object),
        symptoms: symptoms.map((name) => ({ code: 'x', object: refByName('Pod', 'shop', name) })),
      }) as unknown as Cause;
    expect(concerns(cause('web-0'), keys)).toBe(true);
    expect(concerns(cause('db-0', 'web-0'), keys)).toBe(true);
    expect(concerns(cause('db-0', 'db-1'), keys)).toBe(false);
  });
});
