import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { expect, it } from 'vitest';
import { customDescendants } from './custom-objects.ts';

function part(name: string, uid: string, owner: string) {
  return {
    apiVersion: 'x.example.io/v1',
    kind: 'Part',
    metadata: {
      namespace: 'a',
      name,
      uid,
      ownerReferences: owner === '' ? [] : [{ kind: 'Part', name: 'o', uid: owner }],
    },
  };
}

function namesBelow(objects: readonly object[], uid: string): readonly string[] {
  const snapshot = new Snapshot(partsFrom(objects, '2026-03-10T12:00:00Z'));
  return customDescendants(snapshot, uid).map(({ metadata }) => metadata.name);
}

it('finds what an object owns, and what that owns', () => {
  const objects = [
    part('set', 'u1', ''),
    part('machine', 'u2', 'u1'),
    part('instance', 'u3', 'u2'),
    part('else', 'u4', 'u9'),
  ];
  expect(namesBelow(objects, 'u1')).toEqual(['machine', 'instance']);
});

it('ends where owners go round in a circle', () => {
  expect(namesBelow([part('a', 'u1', 'u2'), part('b', 'u2', 'u1')], 'u1').length).toBeLessThanOrEqual(4);
});
