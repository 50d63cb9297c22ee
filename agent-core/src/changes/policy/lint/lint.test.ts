import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '@autodevops/domain/change/policy';
import type { z } from 'zod';
import { policyOf } from '../testing/ask.ts';
import { lintPolicy } from './lint.ts';
import { covers } from './rule-cover.ts';

type Rule = z.input<typeof PolicyRule>;
type Written = Parameters<typeof policyOf>[0];

function rule(id: string, decision: Rule['decision'], more: Partial<Rule> = {}): Rule {
  return { id, why: `Rule ${id}.`, decision, ...more };
}

function found(policy: Written, options: Parameters<typeof lintPolicy>[1] = {}): readonly string[] {
  return lintPolicy(policyOf(policy), options).map(({ code, rule: id }) => `${code} ${id}`.trim());
}

const office = { zone: 'Europe/Vienna', days: ['mon' as const, 'tue' as const], from: '09:00', to: '17:00' };

describe('a policy without faults', () => {
  it('has no findings', () => {
    const rules = [
      rule('all', 'auto'),
      rule('high', 'two', { match: { risks: ['high'] }, approvers: ['sre'] }),
      rule('night', 'forbidden', { match: { outside: [office] } }),
    ];
    expect(found({ rules })).toEqual([]);
  });
});

describe('a rule that changes nothing', () => {
  it.each<[string, Rule, Rule]>([
    ['a wider one that is stricter', rule('a', 'one', { match: { actions: ['scale'] } }), rule('b', 'two')],
    [
      'a wider pattern',
      rule('a', 'one', { match: { namespaces: ['shop-a'] } }),
      rule('b', 'one', { match: { namespaces: ['shop-*'] } }),
    ],
    [
      'the same under the same condition',
      rule('a', 'one', { when: 'facts.reversible' }),
      rule('b', 'two', { when: 'facts.reversible' }),
    ],
    [
      'a wider window',
      rule('a', 'one', { match: { within: [{ ...office, to: '12:00' }] } }),
      rule('b', 'one', { match: { within: [office] } }),
    ],
    ['what is forbidden anyway', rule('a', 'two', { approvers: ['sre'] }), rule('b', 'forbidden')],
  ])('is found: %s', (_why, shadowed, strict) => {
    expect(found({ rules: [shadowed, strict] })).toEqual(['shadowed a']);
    expect(found({ rules: [strict, shadowed] })).toEqual(['shadowed a']);
  });

  it.each<[string, Rule, Rule]>([
    ['it is stricter past its limits', rule('a', 'one', { limits: { objects: 3, beyond: 'two' } }), rule('b', 'one')],
    ['it asks for others', rule('a', 'one', { approvers: ['owner'] }), rule('b', 'two')],
    ['the other speaks under a condition', rule('a', 'one'), rule('b', 'two', { when: 'facts.reversible' })],
    [
      'the other speaks of less',
      rule('a', 'one', { match: { actions: ['*'] } }),
      rule('b', 'two', { match: { actions: ['scale'] } }),
    ],
    [
      'the other speaks only where there is a finding',
      rule('a', 'one'),
      rule('b', 'two', { match: { confidence: ['high', 'medium', 'low'] } }),
    ],
  ])('is not: %s', (_why, counting, other) => {
    expect(found({ rules: [counting, other] })).not.toContain('shadowed a');
  });

  it('is found once of two that are alike', () => {
    expect(found({ rules: [rule('a', 'one'), rule('b', 'one')] })).toEqual(['shadowed b']);
  });

  it('is found under a level and on the floor', () => {
    expect(lintPolicy(policyOf({ autonomy: 'observe', rules: [rule('a', 'two')] }))[0]?.says).toContain(
      'level.observe.nothing',
    );
    expect(
      lintPolicy(policyOf({ rules: [rule('a', 'auto', { match: { namespaces: ['kube-system'] } })] }))[0]?.says,
    ).toContain('floor.system-namespaces');
  });
});

describe('a rule that never matches', () => {
  it.each<[string, Partial<Rule>]>([
    ['its condition never holds', { when: '1 > 2' }],
    ['its windows are left out again', { match: { within: [{ ...office, to: '12:00' }], outside: [office] } }],
  ])('is found: %s', (_why, more) => {
    expect(found({ rules: [rule('a', 'two', more)] })).toEqual(['unreachable a']);
  });

  it('is found with the window that never is', () => {
    const findings = lintPolicy(
      policyOf({ rules: [rule('a', 'two', { match: { within: [{ ...office, to: '09:00' }] } })] }),
    );
    expect(findings.map(({ code }) => code)).toEqual(['empty-window', 'unreachable']);
    expect(findings[0]?.path).toEqual(['rules', 0, 'match', 'within', 0]);
  });

  it('a freeze that ends before it begins is one', () => {
    expect(found({ freezes: [{ name: 'x', from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }] })).toEqual([
      'empty-window x',
    ]);
  });
});

describe('what says nothing', () => {
  it('is found: approvers of a rule that asks nobody, limits that change nothing', () => {
    expect(found({ rules: [rule('a', 'auto', { approvers: ['sre'] })] })).toEqual(['says-nothing a']);
    expect(found({ rules: [rule('a', 'two', { limits: { objects: 3, beyond: 'one' } })] })).toEqual(['says-nothing a']);
    expect(
      found({ rules: [rule('a', 'auto', { approvers: ['sre'], limits: { objects: 3, beyond: 'one' } })] }),
    ).toEqual([]);
  });
});

describe('names that do not exist', () => {
  const known = {
    actions: ['scale', 'set-image'],
    namespaces: ['shop', 'live-1'],
    findings: ['pod.image.not-found'],
    roles: ['sre'],
  };

  it('are found with what was meant', () => {
    const policy = policyOf({
      environments: { live: ['live-*', 'lave-1'] },
      rules: [
        rule('a', 'two', { match: { actions: ['scal', 'set-*'], findings: ['pod.disk.*'] }, approvers: ['sra'] }),
      ],
    });
    expect(lintPolicy(policy, { known }).map(({ says }) => says)).toEqual([
      '`scal` matches no known action; did you mean scale?',
      '`pod.disk.*` matches no known finding',
      '`sra` matches no known role; did you mean sre?',
      '`lave-1` matches no known namespace; did you mean live-1?',
    ]);
  });

  it('environments are those that the policy names, where it names some', () => {
    expect(
      found({ environments: { live: ['live-*'] }, rules: [rule('a', 'two', { match: { environments: ['lve'] } })] }),
    ).toEqual(['matches-nothing a']);
    expect(found({ rules: [rule('a', 'two', { match: { environments: ['production'] } })] })).toEqual([]);
  });

  it('are not looked for where nothing is known', () => {
    expect(found({ rules: [rule('a', 'two', { match: { actions: ['scal'], namespaces: ['nowhere'] } })] })).toEqual([]);
  });
});

describe('against another policy', () => {
  const before = {
    rules: [
      rule('all', 'one'),
      rule('high', 'two', { match: { risks: ['high'] } }),
      rule('live', 'forbidden', { match: { namespaces: ['live-*'] } }),
    ],
  };
  const against = (policy: Written, old: Written = before): readonly string[] =>
    lintPolicy(policyOf(policy), { before: policyOf(old) })
      .filter(({ code }) => code === 'widens')
      .map(({ says }) => says);

  it('the same, and a stricter one, widen nothing', () => {
    expect(against(before)).toEqual([]);
    expect(against({ rules: [...before.rules, rule('more', 'two', { match: { actions: ['scale'] } })] })).toEqual([]);
  });

  it.each<[string, Written, string]>([
    ['a rule that is gone', { rules: before.rules.filter(({ id }) => id !== 'high') }, 'was two by high, and is one'],
    [
      'a narrower pattern',
      {
        rules: before.rules.map((one) =>
          one.id === 'live' ? rule('live', 'forbidden', { match: { namespaces: ['live-1'] } }) : one,
        ),
      },
      'was forbidden by live, and is one',
    ],
    [
      'a looser decision',
      { rules: before.rules.map((one) => (one.id === 'all' ? rule('all', 'auto') : one)) },
      'was one by all, and is auto',
    ],
  ])('%s widens', (_what, policy, says) => {
    expect(against(policy).join('\n')).toContain(says);
  });

  it('a first rule widens what was forbidden by default in the cloud', () => {
    expect(against({ rules: [rule('a', 'auto', { match: { actions: ['scale'] } })] }, {}).join('\n')).toMatch(
      /scale .* was forbidden by default, and is auto/,
    );
  });

  it('a higher level widens', () => {
    expect(against({ autonomy: 'development' }, { autonomy: 'suggest' })).not.toEqual([]);
    expect(against({ autonomy: 'suggest' }, { autonomy: 'suggest' })).toEqual([]);
  });

  it('a larger limit widens', () => {
    expect(
      against(
        { rules: [rule('a', 'auto')] },
        { rules: [rule('a', 'auto', { limits: { objects: 3, beyond: 'two' } })] },
      ),
    ).not.toEqual([]);
  });

  it('a condition that is gone perhaps widens', () => {
    const conditional = {
      rules: [rule('all', 'one'), rule('c', 'two', { when: 'has(params.replicas) && params.replicas > 100' })],
    };
    expect(against({ rules: [rule('all', 'one')] }, conditional)).toEqual([expect.stringContaining('Perhaps looser')]);
    expect(against(conditional, conditional)).toEqual([]);
  });
});

describe('a rule covers another', () => {
  it("when each of its fields follows from the other's", () => {
    const speaking = (match: Rule['match']) => ({ match: match ?? {} });
    expect(covers(speaking({ labels: { tier: '*' } }), speaking({ labels: { tier: 'gold', app: 'web' } }))).toBe(true);
    expect(covers(speaking({ labels: { tier: 'gold' } }), speaking({ labels: { tier: '*' } }))).toBe(false);
    expect(covers(speaking({ risks: ['low', 'medium', 'high'] }), speaking({}))).toBe(true);
    expect(covers(speaking({ risks: ['low'] }), speaking({ risks: ['low', 'high'] }))).toBe(false);
    expect(covers(speaking({ outside: [{ ...office, to: '12:00' }] }), speaking({ outside: [office] }))).toBe(true);
    expect(covers(speaking({ outside: [office] }), speaking({}))).toBe(false);
    expect(covers(speaking({ reversible: true }), speaking({}))).toBe(false);
  });
});
