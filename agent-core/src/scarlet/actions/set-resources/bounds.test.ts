import { expect, it } from 'vitest';
import { outOfBounds } from './bounds.ts';

it.each([
  ['cpu', '500m', undefined],
  ['cpu', '4', undefined],
  ['cpu', '400m', '100m'],
  ['memory', '8Gi', '2Gi'],
  ['memory', '8Gi', '0'],
  ['memory', '1Gi', 'a lot'],
  ['memory', '64Mi', '1Gi'],
] as const)('%s may be set to %s from %s', (resource, wanted, present) => {
  expect(outOfBounds(resource, wanted, present)).toBeUndefined();
});

it.each([
  ['cpu', '0', undefined, '0 of cpu is nothing.'],
  ['cpu', '-1', undefined, '-1 of cpu is nothing.'],
  ['memory', 'much', undefined, 'much of memory is nothing.'],
  ['cpu', '4001m', '4', '4001m of cpu is more than the 4 that this action gives.'],
  ['memory', '9Gi', '8Gi', '9Gi of memory is more than the 8Gi that this action gives.'],
  ['cpu', '401m', '100m', '401m of cpu is more than 4 times the present 100m.'],
  ['memory', '4097Mi', '1Gi', '4097Mi of memory is more than 4 times the present 1Gi.'],
] as const)('%s may not be set to %s from %s', (resource, wanted, present, sentence) => {
  expect(outOfBounds(resource, wanted, present)).toBe(sentence);
});
