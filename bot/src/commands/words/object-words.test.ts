import { expect, it } from 'vitest';
import { objectsFrom } from './object-words.ts';

it('objects are named as kubectl takes them', () => {
  expect(objectsFrom(['deploy/web', 'po/web-0'], undefined)).toEqual([
    { kind: 'Deployment', name: 'web' },
    { kind: 'Pod', name: 'web-0' },
  ]);
  expect(objectsFrom(['pods', 'a', 'b'], 'shop')).toEqual([
    { kind: 'Pod', name: 'a', namespace: 'shop' },
    { kind: 'Pod', name: 'b', namespace: 'shop' },
  ]);
  expect(objectsFrom([], 'shop')).toEqual([]);
});

it('what is in no namespace is asked for in none', () => {
  expect(objectsFrom(['node/worker-1'], 'shop')).toEqual([{ kind: 'Node', name: 'worker-1' }]);
});

it('what names no object is told', () => {
  expect(() => objectsFrom(['web'], undefined)).toThrow('"web" names no object.');
  expect(() => objectsFrom(['deploy/'], undefined)).toThrow('"deploy" names no object.');
  expect(() => objectsFrom(['apps/v1/web'], undefined)).toThrow('"apps/v1/web" names no object.');
});

it('an unknown kind is told, with the one that may have been meant', () => {
  expect(() => objectsFrom(['deplyment/web'], undefined)).toThrow(
    expect.objectContaining({ message: '"deplyment" is not a kind that I know.', remedy: 'Did you mean deployments?' }),
  );
});
