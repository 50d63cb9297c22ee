import { expect, it } from 'vitest';
import { groupOf, joinApiVersion, splitApiVersion } from './api-version.ts';

it.each([
  ['v1', '', 'v1'],
  ['apps/v1', 'apps', 'v1'],
  ['gateway.networking.k8s.io/v1beta1', 'gateway.networking.k8s.io', 'v1beta1'],
])('%s is taken apart and put together again', (apiVersion, group, version) => {
  expect(splitApiVersion(apiVersion)).toEqual({ group, version });
  expect(joinApiVersion(group, version)).toBe(apiVersion);
  expect(groupOf(apiVersion)).toBe(group);
});

it('what is not there is of no group', () => {
  expect(splitApiVersion('')).toEqual({ group: '', version: '' });
});
