import { expect, it } from 'vitest';
import { all, any, is, isNot, onItem, trusted } from './when.ts';

it('clauses are written as the editor reads them', () => {
  expect(all(trusted, is('autodevops.agent', 'running'), is('autodevops.locked', false))).toBe(
    'isWorkspaceTrusted && autodevops.agent == running && !autodevops.locked',
  );
  expect(isNot('autodevops.locked', false)).toBe('autodevops.locked');
  expect(isNot('autodevops.cluster', 'none')).toBe('autodevops.cluster && autodevops.cluster != none');
});

it('what is joined by "or" keeps its meaning beside an "and"', () => {
  expect(all(trusted, any(is('autodevops.waiting', true), is('autodevops.undoable', true)))).toBe(
    'isWorkspaceTrusted && (autodevops.waiting || autodevops.undoable)',
  );
});

it('an item of several kinds is found by each of them', () => {
  const pattern = new RegExp(/\/(.*)\//.exec(onItem('fixable', 'pod'))?.[1] ?? '');
  expect(['cause object fixable', 'pod'].map((value) => pattern.test(value))).toEqual([true, true]);
  expect(pattern.test('cause object unfixable podium')).toBe(false);
});
