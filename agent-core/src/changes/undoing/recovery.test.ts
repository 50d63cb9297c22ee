import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { setField } from '../../scarlet/patches/field-patch.ts';
import { lookedAt, patchShows } from './recovery.ts';

const target = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  uid: 'u',
  resourceVersion: '10',
};
const id = 'chg-1';

function web(spec: object, metadata: object = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '10', ...metadata },
    spec: { ...spec },
  };
}

function patch(...steps: PatchStep[]): ClusterOperation {
  return { verb: 'patch', target, subresource: '', steps };
}

function found(operation: ClusterOperation, live: Manifest | undefined): string {
  return lookedAt(operation, target, live, id).outcome;
}

const toThree = patch(
  { op: 'test', path: '/spec/replicas', value: 1 },
  { op: 'replace', path: '/spec/replicas', value: 3 },
);
const moved = { resourceVersion: '11' };

describe('a look at an object that was to be patched', () => {
  it('says done where it shows what was set', () => {
    expect(found(toThree, web({ replicas: 3 }, moved))).toBe('done');
  });

  it('says not done where it is the very version that was seen', () => {
    expect(found(toThree, web({ replicas: 1 }))).toBe('not-done');
  });

  it('says not done where only others wrote and it shows what it showed before', () => {
    expect(found(toThree, web({ replicas: 1 }, moved))).toBe('not-done');
  });

  it('says unknown where it shows neither, is gone, or is another object', () => {
    expect(found(toThree, web({ replicas: 7 }, moved))).toBe('unknown');
    expect(found(toThree, undefined)).toBe('unknown');
    expect(found(toThree, web({ replicas: 1 }, { uid: 'other' }))).toBe('unknown');
  });

  it('says unknown where it shows a part: somebody else was there', () => {
    const both = patch({ op: 'add', path: '/spec/a', value: 1 }, { op: 'add', path: '/spec/b', value: 2 });
    expect(found(both, web({ a: 1 }, moved))).toBe('unknown');
    expect(found(both, web({ a: 1, b: 2 }, moved))).toBe('done');
    expect(found(both, web({}, moved))).toBe('not-done');
  });

  it('knows a quantity however the server writes it', () => {
    expect(found(patch({ op: 'add', path: '/spec/cpu', value: '1000m' }), web({ cpu: '1' }, moved))).toBe('done');
    expect(found(patch({ op: 'add', path: '/spec/cpu', value: '1000m' }), web({ cpu: '2' }))).toBe('not-done');
  });

  it('says unknown where another value stands and no test names the one before: it may have been written over ours', () => {
    expect(found(patch({ op: 'add', path: '/spec/cpu', value: '1' }), web({ cpu: '2' }, moved))).toBe('unknown');
    expect(found(patch({ op: 'replace', path: '/spec/cpu', value: '1' }), web({ cpu: '2' }, moved))).toBe('unknown');
    expect(found(patch({ op: 'add', path: '/spec/cpu', value: '1' }), web({}, moved))).toBe('not-done');
  });

  it('knows an entry of a list by its value, and that one is gone by what moved up', () => {
    expect(
      found(
        patch({ op: 'add', path: '/spec/list/-', value: { name: 'b' } }),
        web({ list: [{ name: 'a' }, { name: 'b', default: 1 }] }, moved),
      ),
    ).toBe('done');
    const removed = patch({ op: 'test', path: '/spec/list/0', value: 'a' }, { op: 'remove', path: '/spec/list/0' });
    expect(found(removed, web({ list: ['b'] }, moved))).toBe('done');
    expect(found(removed, web({ list: ['a', 'b'] }, moved))).toBe('not-done');
  });

  it('does not take a list or a map that still is longer for the shorter one that was set', () => {
    const shorter = patch(
      { op: 'test', path: '/spec/args', value: ['a', 'b'] },
      { op: 'replace', path: '/spec/args', value: ['a'] },
    );
    expect(found(shorter, web({ args: ['a', 'b'] }, moved))).toBe('not-done');
    const fewer = patch(
      { op: 'test', path: '/spec/nodes', value: { a: '1', b: '2' } },
      { op: 'replace', path: '/spec/nodes', value: { a: '1' } },
    );
    expect(found(fewer, web({ nodes: { a: '1', b: '2' } }, moved))).toBe('not-done');
    expect(found(fewer, web({ nodes: { a: '1' } }, moved))).toBe('done');
  });

  it('tells before from after for any field that is set', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 }));
    fc.assert(
      fc.property(
        fc.option(value, { nil: undefined }),
        value,
        fc.constantFrom(['spec', 'a'], ['spec', 'b', 'c']),
        (before, after, path) => {
          const place = (given: unknown): object => (path.length === 2 ? { a: given } : { b: { c: given } });
          const old = web(before === undefined ? {} : place(before), moved);
          const steps = setField(old, path, after);
          fc.pre(steps.length > 0 && !(typeof before === 'string' && Number(before) === Number(after)));
          expect(patchShows(steps, old)).toBe('nothing');
          expect(patchShows(steps, web(place(after), moved))).toBe('all');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a look at an object that was to be made', () => {
  const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' } };
  const create: ClusterOperation = { verb: 'create', object: made };
  const there = (change?: string): Manifest => ({
    ...made,
    metadata: {
      ...made.metadata,
      ...(change === undefined ? {} : { annotations: { 'autodevops.dev/change': change } }),
    },
  });

  it("says done for our own, not done for none, unknown for somebody else's", () => {
    expect([
      found(create, there(id)),
      found(create, undefined),
      found(create, there('chg-2')),
      found(create, there()),
    ]).toEqual(['done', 'not-done', 'unknown', 'unknown']);
  });

  it('says unknown for what may have run and removed itself', () => {
    expect(
      found(
        {
          verb: 'create',
          object: {
            apiVersion: 'batch/v1',
            kind: 'Job',
            metadata: { name: 'j' },
            spec: { ttlSecondsAfterFinished: 0 },
          },
        },
        undefined,
      ),
    ).toBe('unknown');
  });
});

describe('a look at an object that was to be applied', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'shop' },
    data: { a: '1' },
    list: [{ name: 'ours' }],
  };
  const apply: ClusterOperation = { verb: 'apply', object, force: false };
  const live = (parts: object, change = id, resourceVersion = '11'): Manifest => ({
    ...object,
    metadata: { ...object.metadata, uid: 'u', resourceVersion, annotations: { 'autodevops.dev/change': change } },
    ...parts,
  });

  it('says done where ours is shown beside what others have', () => {
    expect(found(apply, live({ data: { a: '1', b: '2' }, list: [{ name: 'theirs' }, { name: 'ours' }] }))).toBe('done');
  });

  it('says not done where it has not changed, unknown where it shows something else or is gone', () => {
    expect(found(apply, live({ data: {} }, 'chg-0', '10'))).toBe('not-done');
    expect(found(apply, live({ data: { a: '2' } }))).toBe('unknown');
    expect(found(apply, undefined)).toBe('unknown');
    expect(lookedAt(apply, undefined, undefined, id).outcome).toBe('not-done');
  });
});

describe('a look at an object that was to go', () => {
  for (const operation of [
    { verb: 'delete', target, propagation: 'Background' },
    { verb: 'evict', target },
  ] as const) {
    it(`says done for ${operation.verb} where it is gone, going or made anew, and not done where it stays`, () => {
      expect(found(operation, undefined)).toBe('done');
      expect(found(operation, web({}, { deletionTimestamp: 'now' }))).toBe('done');
      expect(found(operation, web({}, { uid: 'other' }))).toBe('done');
      expect(found(operation, web({}, moved))).toBe('not-done');
    });
  }
});
