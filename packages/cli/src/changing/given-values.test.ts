import { describe, expect, it } from 'vitest';
import { problem } from '../render/testing/example-diagnosis.ts';
import type { Fixable } from './fixable.ts';
import { waysFor } from './given-values.ts';

const [cause] = problem.causes;
if (cause === undefined) throw new Error('the example has a cause');
const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' };
const undo = { action: 'rollout-undo', target, params: { toRevision: 3 } };
const variable = { action: 'set-environment', target, params: { container: 'app', name: 'MODE' } };
const fixable: Fixable = { cause, proposals: [undo], open: [{ request: variable, asks: ['value'] }], manual: [] };

describe('ways to fix a cause', () => {
  it('are those that need nothing of a person, while a person gives nothing', () => {
    expect(waysFor(fixable, { action: undefined, values: {} })).toEqual([undo]);
  });

  it('begin with the one that a given value completes', () => {
    expect(waysFor(fixable, { action: undefined, values: { value: 'fast' } })).toEqual([
      { ...variable, params: { container: 'app', name: 'MODE', value: 'fast' } },
      undo,
    ]);
  });

  it('are those of the action that is named', () => {
    expect(waysFor(fixable, { action: 'rollout-undo', values: {} })).toEqual([undo]);
  });

  it.each([
    [
      'an action without the value that it waits for',
      { action: 'set-environment', values: {} },
      'set-environment needs what only a person can give.',
    ],
    [
      'a value that nothing asks for',
      { action: undefined, values: { data: {} } },
      'Nothing that would help here takes data.',
    ],
    [
      'an action that would not help',
      { action: 'scale', values: {} },
      'scale is none of the ways that would help here.',
    ],
  ])('are refused for %s', (_name, asked, sentence) => {
    expect(() => waysFor(fixable, asked)).toThrow(sentence);
  });

  it('take no value for a parameter that the request has and that nobody asked for', () => {
    expect(
      waysFor(fixable, { action: undefined, values: { value: 'fast', container: 'other' } })[0]?.params,
    ).toMatchObject({ container: 'app' });
  });
});
