import { describe, expect, it } from 'vitest';
import type { levels } from './levels.ts';
import { decide, decideInShadow } from './decide.ts';
import { ask, decided, inForce, policyOf } from './testing/ask.ts';
import type { Given } from './testing/ask.ts';
import type { PolicyRule } from '@autodevops/domain/change/policy';
import type { z } from 'zod';

type Rule = z.input<typeof PolicyRule>;

function rule(id: string, decision: Rule['decision'], more: Partial<Rule> = {}): Rule {
  return { id, why: `Rule ${id}.`, decision, ...more };
}

function tierUnder(given: Given, ...rules: readonly Rule[]): string {
  return decided(given, policyOf({ rules: [...rules] })).tier;
}

describe('all matching rules count', () => {
  it('and the strictest wins, in whatever order they stand', () => {
    expect(tierUnder({}, rule('a', 'auto'), rule('b', 'two'), rule('c', 'one'))).toBe('two');
    expect(tierUnder({}, rule('b', 'two'), rule('a', 'auto'))).toBe('two');
  });

  it('and each that spoke is kept with its reason, strictest first', () => {
    const { voices } = decided(
      { risk: 'low' },
      policyOf({
        rules: [
          rule('a', 'auto', { match: { risks: ['low'] } }),
          rule('b', 'one'),
          rule('c', 'two', { match: { risks: ['high'] } }),
        ],
      }),
    );
    expect(voices).toEqual([
      { rule: 'b', tier: 'one', why: 'Rule b.' },
      { rule: 'a', tier: 'auto', why: 'Rule a. Because the risk is low.' },
    ]);
  });

  it('without one, a laptop asks and the cloud forbids', () => {
    expect(decided({}, policyOf({}))).toMatchObject({ tier: 'one', voices: [{ rule: 'default' }] });
    expect(decided({ mode: 'cloud' }, policyOf({}))).toMatchObject({
      tier: 'forbidden',
      voices: [{ rule: 'default' }],
    });
  });

  it('in every namespace that is touched: what is allowed in one allows nothing in another', () => {
    const policy = policyOf({ rules: [rule('here', 'auto', { match: { namespaces: ['shop'] } })] });
    const { question, circumstances } = ask({ namespace: 'shop' }, policy);
    const [action] = question.actions;
    const elsewhere = ask({ namespace: 'bar' }, policy).question.actions[0]?.operations ?? [];
    const both = {
      ...question,
      actions: action === undefined ? [] : [{ ...action, operations: [...action.operations, ...elsewhere] }],
    };
    expect(decide(question, inForce(policy), circumstances).tier).toBe('auto');
    expect(decide(both, inForce(policy), circumstances)).toMatchObject({
      tier: 'one',
      voices: [{ rule: 'default', why: expect.stringContaining('"bar"') }, { rule: 'here' }],
    });
  });

  it('for every action of a plan', () => {
    const policy = policyOf({
      rules: [
        rule('images', 'auto', { match: { actions: ['set-image'] } }),
        rule('scaling', 'two', { match: { actions: ['scale'] } }),
      ],
    });
    const { question, circumstances } = ask({ action: 'set-image' }, policy);
    const plan = { ...question, actions: [...question.actions, ...ask({ action: 'scale' }, policy).question.actions] };
    expect(decide(plan, inForce(policy), circumstances).tier).toBe('two');
  });

  it('a plan that does nothing is forbidden', () => {
    const policy = policyOf({ rules: [rule('a', 'auto')] });
    const { question, circumstances } = ask({}, policy);
    expect(decide({ ...question, actions: [] }, inForce(policy), circumstances)).toMatchObject({
      tier: 'forbidden',
      voices: [{ rule: 'default' }],
    });
  });
});

describe('a rule matches by', () => {
  it.each<[string, Rule['match'], Given, Given]>([
    ['action', { actions: ['set-*'] }, { action: 'set-image' }, { action: 'scale' }],
    ['kind', { kinds: ['StatefulSet'] }, { kind: 'StatefulSet' }, { kind: 'Deployment' }],
    ['risk', { risks: ['high'] }, { risk: 'high' }, { risk: 'low' }],
    [
      'environment of the cluster',
      { environments: ['prod*'] },
      { environment: 'production' },
      { environment: 'staging' },
    ],
    ['environment of the namespace', { environments: ['live'] }, { namespace: 'live-shop' }, { namespace: 'shop' }],
    ['namespace', { namespaces: ['team-*'] }, { namespace: 'team-a' }, { namespace: 'shop' }],
    ['label', { labels: { tier: 'gold*' } }, { labels: { tier: 'gold-1' } }, { labels: { tier: 'silver' } }],
    [
      'label that may be no property',
      { labels: { constructor: '*' } },
      { labels: { constructor: 'x' } },
      { labels: {} },
    ],
    ['requester', { actors: ['automation'] }, { by: 'automation' }, { by: 'person' }],
    [
      'account',
      { accounts: ['automation:undo-*'] },
      { by: 'automation', account: 'automation:undo-stuck' },
      { by: 'automation', account: 'automation:restart' },
    ],
    ['role', { roles: ['sre'] }, { roles: ['dev', 'sre'] }, { roles: ['dev'] }],
    ['finding', { findings: ['pod.image.*'] }, { finding: { code: 'pod.image.not-found' } }, {}],
    ['confidence', { confidence: ['low'] }, { finding: { code: 'a', confidence: 'low' } }, { finding: { code: 'a' } }],
    ['irreversibility', { reversible: false }, { reversible: false }, { reversible: true }],
    [
      'time inside',
      { within: [{ zone: 'Europe/Vienna', days: ['wed'], from: '09:00', to: '17:00' }] },
      { now: '2026-01-07T12:00:00Z' },
      { now: '2026-01-07T20:00:00Z' },
    ],
    [
      'time outside',
      { outside: [{ zone: 'Europe/Vienna', days: ['wed'], from: '09:00', to: '17:00' }] },
      { now: '2026-01-07T20:00:00Z' },
      { now: '2026-01-07T12:00:00Z' },
    ],
  ])('%s', (_name, match, matching, other) => {
    const policy = policyOf({
      rules: [rule('all', 'auto'), rule('it', 'two', { match })],
      environments: { live: ['live-*'] },
    });
    expect(decided(matching, policy).tier).toBe('two');
    expect(decided(other, policy).tier).toBe('auto');
  });

  it('who would put it back', () => {
    const policy = policyOf({ rules: [rule('all', 'auto'), rule('it', 'two', { match: { gitops: true } })] });
    const application = { kind: 'Application', apiVersion: 'argoproj.io/v1alpha1' };
    expect(decided({ ...application, managedBy: 'argocd' }, policy).tier).toBe('two');
    expect(decided(application, policy).tier).toBe('auto');
  });

  it('all of its fields together', () => {
    const rules = [rule('all', 'auto'), rule('it', 'two', { match: { actions: ['scale'], risks: ['high'] } })];
    expect(tierUnder({ action: 'scale', risk: 'low' }, ...rules)).toBe('auto');
    expect(tierUnder({ action: 'scale', risk: 'high' }, ...rules)).toBe('two');
  });
});

describe('what is not known never loosens', () => {
  const labelled = [rule('all', 'auto'), rule('gold', 'two', { match: { labels: { tier: 'gold' } } })];

  it('the rule says the strictest that it could have said, in the cloud that nothing is done', () => {
    expect(tierUnder({ unknown: ['labels'] }, ...labelled)).toBe('two');
    expect(tierUnder({ unknown: ['labels'], mode: 'cloud' }, ...labelled)).toBe('forbidden');
  });

  it('a rule that may not match does not replace the default', () => {
    expect(tierUnder({ unknown: ['labels'] }, rule('gold', 'auto', { match: { labels: { tier: 'gold' } } }))).toBe(
      'one',
    );
  });

  it('a field that rules the rule out is enough, whatever else is not known', () => {
    expect(
      tierUnder(
        { unknown: ['labels'] },
        rule('all', 'auto'),
        rule('gold', 'two', { match: { labels: { tier: 'gold' }, actions: ['scale'] } }),
      ),
    ).toBe('auto');
  });

  it('a rule whose limits are not known says the stricter of its two', () => {
    const limited = rule('a', 'auto', { limits: { changesPerHour: 5, beyond: 'two' } });
    expect(tierUnder({ unknown: ['history'] }, limited)).toBe('two');
    expect(tierUnder({ unknown: ['history'], mode: 'cloud' }, limited)).toBe('forbidden');
    expect(tierUnder({}, limited)).toBe('auto');
  });

  it('facts that are stale are not known', () => {
    expect(tierUnder({ factsAge: 500 }, ...labelled)).toBe('forbidden');
  });
});

describe('limits', () => {
  it.each<[string, NonNullable<Rule['limits']>, Given, Given]>([
    ['objects', { objects: 3 }, { objects: 3 }, { objects: 4 }],
    ['Services', { services: 1 }, { services: 1 }, { services: 2 }],
    ['namespaces', { namespaces: 1 }, { namespaces: 1 }, { namespaces: 2 }],
    [
      'share of ready endpoints',
      { shareOfReadyEndpoints: 0.25 },
      { shareOfReadyEndpoints: 0.25 },
      { shareOfReadyEndpoints: 0.3 },
    ],
    ['changes in an hour', { changesPerHour: 3 }, { changesLastHour: 2 }, { changesLastHour: 3 }],
    [
      'changes of a workload in a day',
      { changesPerWorkloadPerDay: 2 },
      { changesOfWorkloadToday: 1 },
      { changesOfWorkloadToday: 2 },
    ],
  ])('%s: held, the rule says what it says; passed, it says `beyond`', (_name, limits, held, passed) => {
    expect(tierUnder(held, rule('a', 'auto', { limits }))).toBe('auto');
    expect(tierUnder(passed, rule('a', 'auto', { limits }))).toBe('two');
    expect(tierUnder(passed, rule('a', 'auto', { limits: { ...limits, beyond: 'one' } }))).toBe('one');
  });

  it('never make a rule looser', () => {
    expect(tierUnder({ objects: 9 }, rule('a', 'forbidden', { limits: { objects: 3, beyond: 'one' } }))).toBe(
      'forbidden',
    );
  });

  it('of an hour count what this rule spoke of, and nothing older', () => {
    const policy = policyOf({ rules: [rule('a', 'auto', { limits: { changesPerHour: 1 } })] });
    const { question, circumstances } = ask({}, policy);
    const at = (minutes: number, rules: readonly string[]) => ({
      since: '2026-01-01T00:00:00Z',
      changes: [{ time: new Date(circumstances.now - minutes * 60_000).toISOString(), rules, workloads: [] }],
    });
    const tier = (history: ReturnType<typeof at>): string =>
      decide(question, inForce(policy), { ...circumstances, history }).tier;
    expect(tier(at(59, ['a']))).toBe('two');
    expect(tier(at(60, ['a']))).toBe('auto');
    expect(tier(at(59, ['other']))).toBe('auto');
  });

  it('are not known where the history does not reach back so far', () => {
    const policy = policyOf({ rules: [rule('a', 'auto', { limits: { changesPerWorkloadPerDay: 5 } })] });
    const { question, circumstances } = ask({}, policy);
    const since = new Date(circumstances.now - 23 * 3_600_000).toISOString();
    expect(decide(question, inForce(policy), { ...circumstances, history: { since, changes: [] } }).tier).toBe('two');
  });

  it('are not used up less because the clock was set forwards', () => {
    const perHour = rule('a', 'auto', { limits: { changesPerHour: 1 } });
    const perDay = rule('b', 'auto', { limits: { changesPerWorkloadPerDay: 1 } });
    for (const limited of [perHour, perDay]) {
      const policy = policyOf({ rules: [limited] });
      const { question, circumstances } = ask({}, policy);
      const began = circumstances.now - 10 * 60_000;
      const decideAt = (now: number): string =>
        decide(
          { ...question, facts: { ...question.facts, capturedAt: new Date(now).toISOString() } },
          inForce(policy),
          {
            ...circumstances,
            now,
            history: {
              since: '2026-01-01T00:00:00Z',
              changes: [
                { time: new Date(began).toISOString(), rules: [limited.id], workloads: ['Deployment/shop/web'] },
              ],
            },
          },
        ).tier;
      expect([limited.id, decideAt(circumstances.now), decideAt(circumstances.now + 48 * 3_600_000)]).toEqual([
        limited.id,
        'two',
        'two',
      ]);
    }
  });

  it('of a workload are not known for a pod whose workload is not', () => {
    const limited = rule('a', 'auto', { limits: { changesPerWorkloadPerDay: 5 } });
    expect(tierUnder({ kind: 'Pod', unknown: ['workloads'] }, limited)).toBe('two');
    expect(tierUnder({ kind: 'Deployment', unknown: ['workloads'] }, limited)).toBe('auto');
  });
});

describe('freezes', () => {
  const freezes = [{ name: 'year-end', from: '2026-01-01T00:00:00Z', to: '2026-01-08T00:00:00Z' }];
  const rules = [rule('all', 'auto')];

  it('forbid what would be done in them', () => {
    expect(decided({}, policyOf({ rules, freezes }))).toMatchObject({
      tier: 'forbidden',
      voices: [{ rule: 'freeze.year-end' }, { rule: 'all' }],
    });
    expect(decided({ now: '2026-01-08T00:00:00Z' }, policyOf({ rules, freezes })).tier).toBe('auto');
  });

  it('do not end because the clock was set forwards, and begin by it', () => {
    const policy = policyOf({ rules, freezes });
    expect(decided({ now: '2026-01-08T06:00:00Z', clockAhead: 7 * 3600 }, policy).tier).toBe('forbidden');
    expect(decided({ now: '2026-01-01T06:00:00Z', clockAhead: 7 * 3600 }, policy).tier).toBe('forbidden');
    expect(decided({ now: '2026-01-08T06:00:00Z', clockAhead: 6 * 3600 }, policy).tier).toBe('auto');
  });

  it('may be for some environments only', () => {
    const some = policyOf({ rules, freezes: freezes.map((freeze) => ({ ...freeze, environments: ['prod*'] })) });
    expect(decided({ environment: 'production' }, some).tier).toBe('forbidden');
    expect(decided({ environment: 'staging' }, some).tier).toBe('auto');
  });
});

describe('whose yes counts', () => {
  it('every rule that asks is satisfied, and what another asks for anyway is not repeated', () => {
    const { demands, roles } = decided(
      {},
      policyOf({
        rules: [
          rule('a', 'one', { approvers: ['owner'] }),
          rule('b', 'two', { approvers: ['sre', 'lead'] }),
          rule('c', 'one'),
        ],
      }),
    );
    expect(demands).toEqual([
      { approvals: 2, roles: ['lead', 'sre'] },
      { approvals: 1, roles: ['owner'] },
    ]);
    expect(roles).toEqual(['lead', 'owner', 'sre']);
  });

  it('nobody is asked where it is done at once, or not at all', () => {
    expect(decided({}, policyOf({ rules: [rule('a', 'auto', { approvers: ['sre'] })] })).demands).toEqual([]);
    expect(
      decided({}, policyOf({ rules: [rule('a', 'one', { approvers: ['sre'] }), rule('b', 'forbidden')] })).demands,
    ).toEqual([]);
  });
});

describe('broken glass', () => {
  it('turns what the policy forbids into two yeses', () => {
    const frozen = policyOf({
      rules: [rule('all', 'auto')],
      freezes: [{ name: 'now', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
    });
    const forbidding = policyOf({ rules: [rule('no', 'forbidden')] });
    for (const policy of [frozen, forbidding]) {
      expect([decided({}, policy).tier, decided({ brokenGlass: true }, policy).tier]).toEqual(['forbidden', 'two']);
    }
    expect(decided({ mode: 'cloud', brokenGlass: true }, policyOf({})).tier).toBe('two');
  });

  it('loosens nothing else', () => {
    expect(tierUnder({ brokenGlass: true }, rule('a', 'two'))).toBe('two');
    expect(tierUnder({ brokenGlass: true }, rule('a', 'one'))).toBe('one');
  });

  it('is told with the reason', () => {
    expect(decided({ brokenGlass: true }, policyOf({ rules: [rule('no', 'forbidden')] })).voices[0]?.why).toContain(
      'The case says so.',
    );
  });
});

describe('a policy on trial', () => {
  it('is kept beside the decision and changes nothing of it', () => {
    const policy = policyOf({ rules: [rule('a', 'one')] });
    const trial = { policy: policyOf({ rules: [rule('a', 'auto')] }), version: 'trial' };
    const { question, circumstances } = ask({}, policy);
    const decision = decideInShadow(question, inForce(policy), trial, circumstances);
    expect(decision).toEqual({
      ...decide(question, inForce(policy), circumstances),
      shadow: { tier: 'auto', policyVersion: 'trial' },
    });
  });
});

describe('levels', () => {
  const tierAt = (autonomy: keyof typeof levels, given: Given): string => decided(given, policyOf({ autonomy })).tier;

  it.each<[keyof typeof levels, Given, string]>([
    ['observe', {}, 'forbidden'],
    ['suggest', { risk: 'low' }, 'one'],
    ['suggest', { risk: 'high' }, 'two'],
    ['assist', { risk: 'low' }, 'auto'],
    ['assist', { risk: 'low', by: 'automation' }, 'one'],
    ['assist', { risk: 'low', reversible: false }, 'one'],
    ['assist', { risk: 'low', environment: 'production' }, 'one'],
    ['assist', { risk: 'low', changesLastHour: 20 }, 'one'],
    ['assist', { risk: 'medium' }, 'one'],
    ['assist', { risk: 'high' }, 'two'],
    ['development', { risk: 'medium' }, 'auto'],
    ['development', { risk: 'medium', by: 'automation', finding: { code: 'a', confidence: 'high' } }, 'auto'],
    ['development', { risk: 'medium', by: 'automation', finding: { code: 'a', confidence: 'medium' } }, 'one'],
    ['development', { risk: 'medium', by: 'automation' }, 'one'],
    ['development', { risk: 'medium', finding: { code: 'a', confidence: 'low' } }, 'one'],
    ['development', { risk: 'high' }, 'one'],
    ['development', { risk: 'low', environment: 'prod-eu' }, 'two'],
    ['production', { risk: 'low' }, 'one'],
    ['production', { risk: 'low', by: 'automation', finding: { code: 'a', confidence: 'high' } }, 'one'],
    ['production', { risk: 'low', shareOfReadyEndpoints: 0.4 }, 'two'],
    ['production', { risk: 'low', changesOfWorkloadToday: 4 }, 'two'],
    ['production', { risk: 'high' }, 'two'],
    ['production', { risk: 'medium', reversible: false }, 'two'],
    ['production', { risk: 'low', finding: { code: 'a', confidence: 'low' } }, 'two'],
  ])('%s: %j is %s', (level, given, tier) => {
    expect(tierAt(level, given)).toBe(tier);
  });

  it('speak of everything, so that the default never holds under one', () => {
    for (const autonomy of ['observe', 'suggest', 'assist', 'development', 'production'] as const) {
      for (const risk of ['low', 'medium', 'high'] as const) {
        for (const by of ['person', 'automation', 'agent'] as const) {
          for (const namespace of ['shop', '']) {
            const { voices } = decided({ risk, by, namespace, mode: 'cloud' }, policyOf({ autonomy }));
            expect(
              voices.map(({ rule: id }) => id),
              `${autonomy} ${risk} ${by}`,
            ).not.toContain('default');
          }
        }
      }
    }
  });

  it('stand beside the rules of the file, which only make them stricter', () => {
    expect(decided({}, policyOf({ autonomy: 'suggest', rules: [rule('a', 'auto')] })).tier).toBe('one');
    expect(decided({}, policyOf({ autonomy: 'development', rules: [rule('a', 'two')] })).tier).toBe('two');
  });
});
