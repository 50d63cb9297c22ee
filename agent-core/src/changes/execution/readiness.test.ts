import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import { madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { readinessOf } from './readiness.ts';

const target = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'c', uid: 'u', resourceVersion: '1' };
const live = (parts: object = {}, metadata: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop', uid: 'u', resourceVersion: '9', ...metadata },
  ...parts,
});
const patch = (...steps: PatchStep[]): ClusterOperation => ({ verb: 'patch', target, subresource: '', steps });
const created: ChangeEvent = {
  type: 'step-ended',
  time: '',
  step: { direction: 'forward', action: 0, operation: 0 },
  outcome: 'done',
  recovered: false,
  says: '',
  created: { ...target, uid: 'made' },
};

function ready(
  operation: ClusterOperation,
  object: Manifest | undefined,
  direction: 'forward' | 'back' = 'forward',
  events: readonly ChangeEvent[] = [],
): ReturnType<typeof readinessOf> {
  return readinessOf(operation, object, { direction, changeId: 'chg-1', events });
}

const set = patch({ op: 'test', path: '/data/a', value: '1' }, { op: 'replace', path: '/data/a', value: '2' });

describe('a patch', () => {
  it('is sent with the version that the object has now', () => {
    expect(ready(set, live({ data: { a: '1' } }))).toMatchObject({
      kind: 'ready',
      target: { resourceVersion: '9' },
      operation: { target: { resourceVersion: '9' } },
    });
  });

  it('is not sent to an object that changed, is gone or was made anew', () => {
    expect(ready(set, live({ data: { a: '3' } }))).toMatchObject({
      kind: 'stop',
      says: 'ConfigMap shop/c was changed by somebody else meanwhile.',
    });
    expect(ready(set, undefined).kind).toBe('stop');
    expect(ready(set, live({ data: { a: '1' } }, { uid: 'other' }))).toMatchObject({
      kind: 'stop',
      says: 'ConfigMap shop/c was deleted and made anew.',
    });
  });

  it('is not sent where an add would replace without a word what somebody put there', () => {
    const add = patch({ op: 'add', path: '/data/b', value: '2' });
    expect(ready(add, live({ data: {} })).kind).toBe('ready');
    expect(ready(add, live({ data: { b: 'theirs' } })).kind).toBe('stop');
    expect(ready(patch({ op: 'add', path: '/list/-', value: 1 }), live({ list: [1] })).kind).toBe('ready');
  });

  it('that was begun before and shows now arrived late, and is done', () => {
    const late = { direction: 'forward', changeId: 'chg-1', events: [], begunBefore: true } as const;
    const add = patch({ op: 'add', path: '/data/b', value: '2' });
    expect(readinessOf(add, live({ data: { b: '2' } }), late)).toMatchObject({
      kind: 'done',
      says: 'ConfigMap shop/c shows what was set.',
    });
    expect(readinessOf(set, live({ data: { a: '2' } }), late).kind).toBe('done');
    expect(readinessOf(set, live({ data: { a: '1' } }), late).kind).toBe('ready');
    expect(readinessOf(add, live({ data: { b: 'theirs' } }), late).kind).toBe('stop');
    expect(ready(add, live({ data: { b: '2' } })).kind).toBe('stop');
  });

  it('that takes something back is done where that is so already or the object is gone', () => {
    expect(ready(set, live({ data: { a: '2' } }), 'back').kind).toBe('done');
    expect(ready(set, undefined, 'back').kind).toBe('done');
    expect(ready(set, live({ data: { a: '3' } }), 'back').kind).toBe('stop');
  });
});

describe('an apply', () => {
  const apply: ClusterOperation = {
    verb: 'apply',
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' } },
    force: false,
  };

  it('makes what is not there, but not to take something back', () => {
    expect(ready(apply, undefined)).toEqual({ kind: 'ready', operation: apply });
    expect(ready(apply, undefined, 'back')).toEqual({ kind: 'done', says: 'ConfigMap shop/c is gone.' });
    expect(ready(apply, live(), 'back')).toMatchObject({ kind: 'ready', target: { resourceVersion: '9' } });
  });

  const bound = (uid: string, object: Manifest | undefined, direction: 'forward' | 'back' = 'forward') =>
    readinessOf(apply, object, {
      direction,
      changeId: 'chg-1',
      events: [],
      planned: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'c', uid },
    });

  it('neither makes again what it was planned for and has gone, nor meets what bears its name since', () => {
    expect(bound('u', live()).kind).toBe('ready');
    expect(bound('u', undefined)).toEqual({ kind: 'stop', says: 'ConfigMap shop/c is gone.' });
    expect(bound('u', live({}, { uid: 'other' }))).toEqual({
      kind: 'stop',
      says: 'ConfigMap shop/c was deleted and made anew.',
    });
    expect(bound('u', live({}, { uid: 'other' }), 'back').kind).toBe('done');
  });

  it('that was to make it does not write into what somebody else made meanwhile', () => {
    expect(bound('', undefined).kind).toBe('ready');
    expect(bound('', live())).toEqual({
      kind: 'stop',
      says: 'ConfigMap shop/c is there now, and this change did not make it.',
    });
    expect(bound('', live({}, { annotations: { 'autodevops.dev/change': 'chg-1' } })).kind).toBe('ready');
  });
});

describe('a delete', () => {
  const remove = (uid = 'u'): ClusterOperation => ({
    verb: 'delete',
    target: { ...target, uid },
    propagation: 'Background',
  });

  it('is done where the object is gone, going or another', () => {
    expect(ready(remove(), undefined).kind).toBe('done');
    expect(ready(remove(), live({}, { deletionTimestamp: 'now' })).kind).toBe('done');
    expect(ready(remove(), live({}, { uid: 'other' })).kind).toBe('done');
    expect(ready(remove(), live()).kind).toBe('ready');
  });

  it('of what the change itself made means that very object', () => {
    expect(ready(remove(madeByThisChange), live({}, { uid: 'made' }), 'back', [created])).toMatchObject({
      kind: 'ready',
      operation: { target: { uid: 'made' } },
    });
    expect(ready(remove(madeByThisChange), live(), 'back', [created]).kind).toBe('done');
    expect(ready(remove(madeByThisChange), live(), 'back')).toMatchObject({
      kind: 'done',
      says: 'ConfigMap shop/c was never made.',
    });
  });
});

describe('a create', () => {
  const create: ClusterOperation = { verb: 'create', object: live() };
  it("is done where it is ours, and stops where it is somebody else's", () => {
    expect(ready(create, undefined).kind).toBe('ready');
    expect(ready(create, live({}, { annotations: { 'autodevops.dev/change': 'chg-1' } })).kind).toBe('done');
    expect(ready(create, live()).kind).toBe('stop');
    expect(ready(create, live(), 'back').kind).toBe('done');
  });
});
