import { describe, expect, it } from 'vitest';
import { ask, letAll } from '../testing/ask.ts';
import type { Given } from '../testing/ask.ts';
import { strictestOf, verdictOf } from './rule-verdict.ts';
import type { NamedRule, RuleVerdict } from './rule-verdict.ts';
import { scenesOf } from './scene.ts';

const rule: NamedRule = {
  id: 'r',
  why: 'Why.',
  match: {},
  decision: 'auto',
  approvers: [],
  limits: { objects: 1, beyond: 'two' },
};

function verdict(given: Given, of: NamedRule = rule): RuleVerdict {
  const { question, circumstances } = ask(given);
  const [scene] = scenesOf(question, letAll, circumstances);
  if (scene === undefined) throw new Error('no scene');
  return verdictOf(of, scene);
}

describe('a rule', () => {
  it('says what it decides while its limits hold', () => {
    expect(verdict({})).toMatchObject({ state: 'speaks', tier: 'auto', matched: true });
  });

  it('says what lies beyond its limits where they do not', () => {
    const limits = { objects: 0, beyond: 'two' as const };
    expect(verdict({}, { ...rule, limits })).toMatchObject({ state: 'speaks', tier: 'two', matched: true });
  });

  it('is silent where it does not match', () => {
    const other = { ...rule, match: { actions: ['drain'] } };
    expect(verdict({}, other)).toMatchObject({ state: 'silent', tier: 'auto', matched: false });
  });

  it.each([
    ['local', 'two'],
    ['cloud', 'forbidden'],
  ] as const)('that may match says the strictest that it can, in mode %s: %s', (mode, tier) => {
    const doubtful = { ...rule, match: { reversible: true } };
    expect(verdict({ mode, factsAge: 500 }, doubtful)).toMatchObject({ state: 'uncertain', tier, matched: false });
  });

  it.each([
    ['local', 'two'],
    ['cloud', 'forbidden'],
  ] as const)('whose limits may not hold says the strictest that it can, in mode %s: %s', (mode, tier) => {
    const counted = { ...rule, limits: { changesPerHour: 5, beyond: 'two' as const } };
    expect(verdict({ mode, unknown: ['history'] }, counted)).toMatchObject({ state: 'uncertain', tier, matched: true });
  });
});

it.each([
  ['two', 'one', 'two'],
  ['auto', 'forbidden', 'forbidden'],
] as const)('of a decision %s and %s beyond its limits, %s is the strictest', (decision, beyond, tier) => {
  expect(strictestOf({ decision, limits: { beyond } })).toBe(tier);
  expect(strictestOf({ decision })).toBe(decision);
});
