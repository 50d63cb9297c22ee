import { expect, it } from 'vitest';
import { readRefusal } from './forbidden-line.ts';

it('reads who may not do what, also where quotation marks are escaped', () => {
  const line = String.raw`E1125 pods is forbidden: User \"system:serviceaccount:shop:reader\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\"`;
  expect(readRefusal(line)).toEqual({
    user: 'system:serviceaccount:shop:reader',
    access: { verb: 'list', resource: 'pods', group: '', name: '', namespace: 'shop' },
  });
});

it('passes over a kubelet that asks before the node authorizer has seen its pod', () => {
  const line =
    'configmaps "kube-root-ca.crt" is forbidden: User "system:node:worker" cannot list resource "configmaps" in API group "" in the namespace "shop": no relationship found between node \'worker\' and this object';
  expect(readRefusal(line)).toBeUndefined();
});

it('finds nothing in a line that only looks alike', () => {
  expect(readRefusal('access to the garden is forbidden: ask the gardener')).toBeUndefined();
});
