import { describe, expect, it } from 'vitest';
import { labelsText, matchesLabels, matchesNodeTerm, matchesSelector, selectorText } from './selector.ts';

const none = { matchLabels: {}, matchExpressions: [] };
const labels = { app: 'web', tier: 'front', size: '10' };

function matches(operator: string, key: string, ...values: string[]): boolean {
  return matchesSelector({ ...none, matchExpressions: [{ key, operator, values }] }, labels);
}

describe("a Service's selector", () => {
  it('wants every pair', () => {
    expect(matchesLabels({ app: 'web', tier: 'front' }, labels)).toBe(true);
    expect(matchesLabels({ app: 'web', tier: 'back' }, labels)).toBe(false);
    expect(matchesLabels({ owner: 'ann' }, labels)).toBe(false);
  });

  it('selects nothing when it is empty', () => {
    expect(matchesLabels({}, labels)).toBe(false);
  });

  it('is not met by what every object has', () => {
    expect(matchesLabels({ constructor: 'x', toString: 'y' }, labels)).toBe(false);
  });
});

describe('a label selector', () => {
  it('matches everything when it is empty', () => {
    expect(matchesSelector(none, {})).toBe(true);
  });

  it('wants its labels and its expressions, all of them', () => {
    const expression = { key: 'tier', operator: 'Exists', values: [] };
    expect(matchesSelector({ matchLabels: { app: 'web' }, matchExpressions: [expression] }, labels)).toBe(true);
    expect(matchesSelector({ matchLabels: { app: 'api' }, matchExpressions: [expression] }, labels)).toBe(false);
    expect(
      matchesSelector({ matchLabels: { app: 'web' }, matchExpressions: [{ ...expression, key: 'zone' }] }, labels),
    ).toBe(false);
  });

  it('In wants one of the values, and the label', () => {
    expect(matches('In', 'app', 'api', 'web')).toBe(true);
    expect(matches('In', 'app', 'api')).toBe(false);
    expect(matches('In', 'zone', 'a')).toBe(false);
  });

  it('NotIn is content without the label', () => {
    expect(matches('NotIn', 'app', 'api')).toBe(true);
    expect(matches('NotIn', 'app', 'web')).toBe(false);
    expect(matches('NotIn', 'zone', 'a')).toBe(true);
  });

  it('Exists and DoesNotExist ask for the key alone', () => {
    expect([matches('Exists', 'app'), matches('Exists', 'zone')]).toEqual([true, false]);
    expect([matches('DoesNotExist', 'app'), matches('DoesNotExist', 'zone')]).toEqual([false, true]);
  });

  it('Gt and Lt compare numbers, and nothing else', () => {
    expect([matches('Gt', 'size', '9'), matches('Gt', 'size', '10'), matches('Lt', 'size', '11')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([
      matches('Gt', 'app', '1'),
      matches('Gt', 'zone', '1'),
      matches('Lt', 'size'),
      matches('Lt', 'size', 'many'),
    ]).toEqual([false, false, false, false]);
  });

  it('with an operator that nobody knows matches nothing', () => {
    expect(matches('Like', 'app', 'web')).toBe(false);
  });
});

describe('a term of a node selector', () => {
  const node = { metadata: { name: 'worker-1', labels: { zone: 'a' } } };
  const inZone = (zone: string) => ({ key: 'zone', operator: 'In', values: [zone] });
  const named = (name: string) => ({ key: 'metadata.name', operator: 'In', values: [name] });

  it('wants its labels and its fields', () => {
    expect(matchesNodeTerm({ matchExpressions: [inZone('a')], matchFields: [named('worker-1')] }, node)).toBe(true);
    expect(matchesNodeTerm({ matchExpressions: [inZone('b')], matchFields: [] }, node)).toBe(false);
    expect(matchesNodeTerm({ matchExpressions: [inZone('a')], matchFields: [named('worker-2')] }, node)).toBe(false);
  });

  it('matches no node when it is empty', () => {
    expect(matchesNodeTerm({ matchExpressions: [], matchFields: [] }, node)).toBe(false);
  });
});

describe('for people', () => {
  it('a selector is written as kubectl takes it', () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'zone', operator: 'Exists', values: [] },
    ];
    expect(selectorText({ matchLabels: { app: 'web' }, matchExpressions })).toBe('app=web,tier In (a,b),zone Exists');
    expect(selectorText(none)).toBe('');
    expect(labelsText({ app: 'web', tier: 'front' })).toBe('app=web,tier=front');
  });
});
