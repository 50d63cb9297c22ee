import { describe, expect, it } from 'vitest';
import { compileCondition, conditionHolds, constantOf } from './condition.ts';
import { variables } from './condition-variables.ts';
import { scenesOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { ask, letAll } from '../testing/ask.ts';
import type { Given } from '../testing/ask.ts';

function sceneOf(given: Given = {}): Scene {
  const { question, circumstances } = ask({
    action: 'scale',
    params: { replicas: 3, deep: { list: [1, { b: 2.5 }] } },
    labels: { tier: 'gold' },
    ...given,
  });
  const [scene] = scenesOf(question, letAll, circumstances);
  if (scene === undefined) throw new Error('a question has a scene');
  return scene;
}

function holds(source: string, given: Given = {}): string {
  return conditionHolds(source, sceneOf(given)).is;
}

function problemOf(source: string): string {
  const compiled = compileCondition(source);
  return 'problem' in compiled ? compiled.problem : '';
}

describe('a condition', () => {
  it.each<[string, string, Given?]>([
    ['action == "scale" && risk == "low"', 'yes'],
    ['params.replicas == 3 && params.replicas > 2.5', 'yes'],
    ['params.deep.list[1].b > 2', 'yes'],
    ['target.kind == "Deployment" && target.namespace == "shop"', 'yes'],
    ['labels.tier == "gold"', 'yes'],
    ['labels.tier == "silver"', 'no'],
    ['facts.blastRadius.services.exists(s, s.startsWith("shop/"))', 'yes'],
    ['facts.managedBy.size() == 0', 'yes'],
    ['facts.disruptionsAllowed < 1', 'yes', { disruptionsAllowed: 0 }],
    ['actor.kind == "person" && "sre" in actor.roles', 'yes', { roles: ['sre'] }],
    ['finding.code == "a.b" && finding.confidence == "high"', 'yes', { finding: { code: 'a.b' } }],
    ['has(finding.code)', 'no'],
    ['has(params.nothing)', 'no'],
    ['environments == ["production"]', 'yes', { environment: 'production' }],
    ['now.getHours("Europe/Vienna") == 13', 'yes'],
    ['now < timestamp("2026-01-08T00:00:00Z")', 'yes'],
  ])('%s: %s', (source, expected, given = {}) => {
    expect(holds(source, given)).toBe(expected);
  });

  it.each<[string, Given?]>([
    ['facts.disruptionsAllowed < 1'],
    ['!(facts.disruptionsAllowed < 1)'],
    ['params.nothing > 3'],
    ['finding.code == "a.b"'],
    ['labels.app == "x"'],
    ['labels.tier == "gold"', { unknown: ['labels'] }],
    ['has(labels.tier)', { unknown: ['labels'] }],
    ['facts.blastRadius.objects > 1', { unknown: ['blastRadius'] }],
    ['facts.reversible', { factsAge: 600 }],
    ['params.replicas > "x"'],
    ['now.getHours("Europe/Nowhere") > 3'],
    ['params.replicas / 0 > 1'],
    ['now.getHours("UTC") >= 9', { clockAhead: 3600 }],
  ])('%s: what is missing, or fails, is not known and no no', (source, given = {}) => {
    expect(holds(source, given)).toBe('unknown');
  });

  it('sees the time where the clock is off by no more than clocks are', () => {
    expect(holds('now.getHours("UTC") >= 9', { clockAhead: 120 })).toBe('yes');
  });

  it('comes to an answer that does not hang on what is missing', () => {
    expect(holds('facts.disruptionsAllowed < 1 || action == "scale"')).toBe('yes');
    expect(holds('action == "scale" || facts.disruptionsAllowed < 1')).toBe('yes');
    expect(holds('facts.disruptionsAllowed < 1 && action == "other"')).toBe('no');
  });

  it('names what was missing, and quotes no values', () => {
    expect(conditionHolds('params.token == "x"', sceneOf()).says).toContain('token');
    expect(conditionHolds('int(params.token) > 1', sceneOf({ params: { token: 'hunter2' } })).says).not.toContain(
      'hunter2',
    );
  });
});

describe('a condition that cannot be used', () => {
  it.each([
    ['action = "x"', ''],
    ['action == 3', 'no such overload'],
    ['nope == 1', 'Unknown variable: nope'],
    ['facts.nope > 1', 'No such key: nope'],
    ['action', 'it is a string, not a yes or no'],
    ['has(facts.disruptionsAllowed)', 'has() asks for'],
    ['"reversible" in facts', 'facts are read by name'],
    ['facts["reversible"]', 'facts are read by name'],
    ['dyn(facts).reversible', 'dyn() is not offered'],
    ['action.matches("(a+)+$")', 'matches() is not offered'],
    ['cel.bind(a, "x" + "x", a == "x")', 'bind() is not offered'],
    ['[1].exists(a, [1].exists(b, a == b))', 'one level of loops'],
    ['[facts.blastRadius].exists(finding, has(finding.readyEndpoints))', 'is a variable already'],
    ['constructor == 1', 'Unknown variable: constructor'],
    [`action == "${'x'.repeat(2000)}"`, 'longer than 2000'],
    [`[${'1,'.repeat(150)}1].size() > 1`, 'maxListElements'],
    [`${'!'.repeat(900)}true`, ''],
  ])('%s', (source, problem) => {
    const found = problemOf(source);
    expect(found).not.toBe('');
    expect(found).toContain(problem);
  });

  it('is not known when a decision asks for it all the same', () => {
    expect(holds('nope == 1')).toBe('unknown');
  });
});

describe('what a condition reaches', () => {
  it('is the listed variables', () => {
    for (const name of variables) {
      expect(problemOf(`${name} == ${name} || true`), name).not.toContain('Unknown variable');
    }
    for (const name of ['question', 'circumstances', 'globalThis', 'process', 'self', 'this']) {
      expect(problemOf(`${name} == 1`)).toContain('Unknown variable');
    }
  });

  it('is no property of JavaScript objects', () => {
    for (const source of ['params.constructor == 1', 'params.__proto__ == 1', 'labels.toString == "x"']) {
      expect(holds(source)).toBe('unknown');
    }
  });
});

describe('a constant condition', () => {
  it('is one that asks for nothing', () => {
    expect(constantOf('1 > 2')).toBe(false);
    expect(constantOf('true')).toBe(true);
    expect(constantOf('action == "x" && false')).toBeUndefined();
    expect(constantOf('[1, 2].size() == 2')).toBe(true);
  });
});
