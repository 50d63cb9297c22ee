import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { differenceSteps } from './difference-patch.ts';
import type { Json } from './field-patch.ts';
import { reversePatch } from './reverse-patch.ts';
import { actionScene } from '../testing/action-scene.ts';
import { deploymentName, object } from '../testing/objects.ts';

/** Keys that need escaping in a JSON pointer, keys that look like indices, keys of the prototype. */
const key = fc.constantFrom('a', 'b', 'c/d', 'e~f', '0', '1', 'toString');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.string({ maxLength: 3 }),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const map = fc.dictionary(key, json, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

function holding(spec: Json): Manifest {
  return object(deploymentName, { spec });
}

function patchOf(before: Manifest, wanted: Json): Extract<ClusterOperation, { verb: 'patch' }> {
  return {
    verb: 'patch',
    target: targetOf(before),
    subresource: '',
    steps: [...differenceSteps(before, ['spec'], wanted)],
  };
}

describe('a patch that makes a part equal to another', () => {
  it('does so, and is taken back, for any two', async () => {
    await fc.assert(
      fc.asyncProperty(map, map, async (before, wanted) => {
        const scene = actionScene(holding(before));
        const start = await scene.get(deploymentName);
        const patch = patchOf(start, wanted);
        if (patch.steps.length === 0) return expect(before).toEqual(wanted);
        await scene.send([patch]);
        expect((await scene.get(deploymentName))['spec']).toEqual(wanted);
        await scene.send([reversePatch(patch, start)]);
        expect((await scene.get(deploymentName))['spec']).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('changes only what differs', () => {
    expect(
      differenceSteps(holding({ a: { b: 1, c: [1, 2] }, d: 1 }), ['spec'], { a: { b: 1, c: [1, 3] }, e: 2 }),
    ).toEqual([
      { op: 'test', path: '/spec/a/c/1', value: 2 },
      { op: 'replace', path: '/spec/a/c/1', value: 3 },
      { op: 'test', path: '/spec/d', value: 1 },
      { op: 'remove', path: '/spec/d' },
      { op: 'add', path: '/spec/e', value: 2 },
    ]);
  });

  it('takes entries out of a list and puts them in without touching the others', () => {
    expect(differenceSteps(holding({ a: ['x', 'secret', 'y'] }), ['spec'], { a: ['x', 'new', 'secret', 'y'] })).toEqual(
      [{ op: 'add', path: '/spec/a/1', value: 'new' }],
    );
    expect(differenceSteps(holding({ a: ['x', 'old', 'older', 'secret'] }), ['spec'], { a: ['x', 'secret'] })).toEqual([
      { op: 'test', path: '/spec/a/2', value: 'older' },
      { op: 'remove', path: '/spec/a/2' },
      { op: 'test', path: '/spec/a/1', value: 'old' },
      { op: 'remove', path: '/spec/a/1' },
    ]);
  });

  it('takes a null as nothing', () => {
    expect(differenceSteps(holding({ a: null }), ['spec'], {})).toEqual([]);
    expect(differenceSteps(holding({}), ['spec'], { a: null })).toEqual([]);
  });
});

describe('the way back of a patch', () => {
  const list = holding({ items: ['a', 'b'], '0': 'zero' });
  const base = { verb: 'patch', target: targetOf(list), subresource: '' } as const;

  it('takes an entry out that was put into a list, at its place or at the end', () => {
    expect(reversePatch({ ...base, steps: [{ op: 'add', path: '/spec/items/1', value: 'x' }] }, list).steps).toEqual([
      { op: 'test', path: '/spec/items/1', value: 'x' },
      { op: 'remove', path: '/spec/items/1' },
    ]);
    expect(reversePatch({ ...base, steps: [{ op: 'add', path: '/spec/items/-', value: 'x' }] }, list).steps).toEqual([
      { op: 'test', path: '/spec/items/2', value: 'x' },
      { op: 'remove', path: '/spec/items/2' },
    ]);
  });

  it('puts the old value back under a key that looks like an index', () => {
    expect(reversePatch({ ...base, steps: [{ op: 'add', path: '/spec/0', value: 'x' }] }, list).steps).toEqual([
      { op: 'test', path: '/spec/0', value: 'x' },
      { op: 'replace', path: '/spec/0', value: 'zero' },
    ]);
  });

  it('keeps the tests of what the patch leaves alone', () => {
    const steps = [
      { op: 'test', path: '/spec/0', value: 'zero' },
      { op: 'test', path: '/spec/items/0', value: 'a' },
      { op: 'replace', path: '/spec/items/0', value: 'x' },
    ] as const;
    expect(reversePatch({ ...base, steps: [...steps] }, list).steps).toEqual([
      { op: 'test', path: '/spec/0', value: 'zero' },
      { op: 'test', path: '/spec/items/0', value: 'x' },
      { op: 'replace', path: '/spec/items/0', value: 'a' },
    ]);
  });
});
