import { expect, it } from 'vitest';
import { targetOf } from './cluster-objects.ts';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker', uid: 'u-1', resourceVersion: '7' } };

it('a write is aimed at the object that is there now, in its version', () => {
  expect(targetOf(node)).toEqual({
    apiVersion: 'v1',
    kind: 'Node',
    namespace: '',
    name: 'worker',
    uid: 'u-1',
    resourceVersion: '7',
  });
});

it.each([{ name: 'worker', uid: 'u-1' }, { name: 'worker', resourceVersion: '7' }, { name: 'worker' }])(
  'nothing is aimed at what no server has made: %j',
  (metadata) => {
    expect(() => targetOf({ ...node, metadata })).toThrow('Node worker has no uid: it is not from a server');
  },
);
