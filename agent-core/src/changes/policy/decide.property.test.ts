import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiers } from '@autodevops/domain/change/decision';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Facts } from '@autodevops/domain/change/plan';
import { AutonomyLevel, PolicyRule } from '@autodevops/domain/change/policy';
import type { Policy } from '@autodevops/domain/change/policy';
import { decide } from './decide.ts';
import { missingYeses } from './demands.ts';
import type { Circumstances, Question } from './question.ts';
import { ask, inForce, policyOf } from './testing/ask.ts';
import type { Given } from './testing/ask.ts';

const tier = fc.constantFrom(...tiers);
const risk = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);
const kind = fc.constantFrom('person' as const, 'automation' as const, 'agent' as const);
const roles = fc.subarray(['dev', 'sre']);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const condition = fc.constantFrom(
  'params.replicas > 2',
  'facts.reversible',
  '!facts.reversible',
  '!facts.restores',
  'facts.blastRadius.objects > 3',
  'facts.disruptionsAllowed < 1',
  'facts.managedBy.size() > 0 || risk == "high"',
  'labels.tier == "gold"',
  'has(labels.tier) && labels.tier != "gold"',
  '!("tier" in labels)',
  'facts.blastRadius.services.exists(s, s == "shop/web")',
  '!(facts.blastRadius.shareOfReadyEndpoints < 0.3) && action == "scale"',
  'facts.workloads.size() == 1',
);

const match = fc.record({
  actions: maybe(fc.constantFrom(['scale'], ['set-*'], ['*'])),
  risks: maybe(fc.subarray(['low' as const, 'medium' as const, 'high' as const], { minLength: 1 })),
  namespaces: maybe(fc.constantFrom(['shop'], ['s*', 'b*'], ['bar'])),
  environments: maybe(fc.constantFrom(['live'], ['*'])),
  labels: maybe(fc.constantFrom({ tier: 'gold' }, { tier: '*' }, { app: 'web' })),
  actors: maybe(fc.subarray(['person' as const, 'automation' as const], { minLength: 1 })),
  reversible: maybe(fc.boolean()),
  gitops: maybe(fc.boolean()),
});

const limits = fc.record({
  objects: maybe(fc.integer({ min: 1, max: 5 })),
  shareOfReadyEndpoints: maybe(fc.constantFrom(0.2, 0.5)),
  changesPerHour: maybe(fc.integer({ min: 1, max: 4 })),
  changesPerWorkloadPerDay: maybe(fc.integer({ min: 1, max: 4 })),
  beyond: tier,
});

function ruleOf(id: string): fc.Arbitrary<PolicyRule> {
  return fc
    .record({ match, when: maybe(condition), limits: maybe(limits), decision: tier, approvers: roles })
    .map((rule) => PolicyRule.parse({ id, why: `Rule ${id}.`, ...rule }));
}

const rules = fc
  .integer({ min: 0, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => ruleOf(`rule-${index}`))));
const policy: fc.Arbitrary<Policy> = fc
  .record({
    rules,
    autonomy: maybe(fc.constantFrom(...AutonomyLevel.options)),
    managed: maybe(fc.constant<string[]>(['shop'])),
  })
  .map(({ rules: own, autonomy, managed }) => ({
    ...policyOf({
      environments: { live: ['shop'] },
      ...(autonomy === undefined ? {} : { autonomy }),
      ...(managed === undefined ? {} : { patchManaged: managed }),
    }),
    rules: [...own],
  }));

const given: fc.Arbitrary<Given> = fc.record({
  action: fc.constantFrom('scale', 'set-image'),
  risk,
  namespace: fc.constantFrom('shop', 'bar', 'kube-system'),
  by: kind,
  kind: fc.constantFrom('Deployment', 'Pod', 'Secret'),
  params: fc.constantFrom({ replicas: 1 }, { replicas: 5 }, {}),
  labels: fc.constantFrom({ tier: 'gold' }, { tier: 'silver', app: 'web' }, {}),
  reversible: fc.boolean(),
  restores: fc.boolean(),
  objects: fc.integer({ min: 1, max: 6 }),
  shareOfReadyEndpoints: fc.constantFrom(0, 0.25, 0.4, 0.6, 1),
  readyEndpoints: fc.constantFrom(1, 4),
  disruptionsAllowed: fc.integer({ min: 0, max: 2 }),
  mode: fc.constantFrom('local' as const, 'cloud' as const),
  changesLastHour: fc.integer({ min: 0, max: 5 }),
  changesOfWorkloadToday: fc.integer({ min: 0, max: 5 }),
  brokenGlass: fc.boolean(),
});

const rank = ({ tier: said }: Decision): number => tiers.indexOf(said);

function without<Key extends keyof Facts>(question: Question, key: Key): Question {
  const { [key]: _gone, ...facts } = question.facts;
  return { ...question, facts: facts as Facts };
}

/** Ways in which something may not be known. */
const losses: Readonly<
  Record<string, (question: Question, circumstances: Circumstances) => readonly [Question, Circumstances]>
> = {
  'blast radius': (question, circumstances) => [without(question, 'blastRadius'), circumstances],
  'number of endpoints': (question, circumstances) => {
    const { readyEndpoints: _gone, ...blastRadius } = question.facts.blastRadius ?? {
      objects: 1,
      services: [],
      namespaces: [],
      shareOfReadyEndpoints: 0,
    };
    return [{ ...question, facts: { ...question.facts, blastRadius } }, circumstances];
  },
  'whether it restores': (question, circumstances) => [without(question, 'restores'), circumstances],
  disruptions: (question, circumstances) => [without(question, 'disruptionsAllowed'), circumstances],
  managers: (question, circumstances) => [without(question, 'managedBy'), circumstances],
  labels: (question, circumstances) => [without(question, 'labels'), circumstances],
  workloads: (question, circumstances) => [without(question, 'workloads'), circumstances],
  freshness: (question, circumstances) => [
    { ...question, facts: { ...question.facts, capturedAt: new Date(circumstances.now - 3_600_000).toISOString() } },
    circumstances,
  ],
  history: (question, { history: _gone, ...circumstances }) => [question, circumstances],
  'own objects': (question, circumstances) => {
    const { objects: _gone, ...self } = circumstances.self;
    return [question, { ...circumstances, self }];
  },
};

describe('for every policy and question', () => {
  it('the same question gets the same decision', () => {
    fc.assert(
      fc.property(policy, given, (own, asked) => {
        const first = ask(asked, own);
        const second = ask(structuredClone(asked), structuredClone(own));
        expect(decide(second.question, inForce(structuredClone(own)), second.circumstances)).toEqual(
          decide(first.question, inForce(own), first.circumstances),
        );
      }),
    );
  });

  it('the order of rules does not matter', () => {
    fc.assert(
      fc.property(policy, given, fc.infiniteStream(fc.nat()), (own, asked, random) => {
        const { question, circumstances } = ask(asked, own);
        const keys = new Map(own.rules.map((rule) => [rule.id, random.next().value]));
        const shuffled = { ...own, rules: own.rules.toSorted((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0)) };
        expect(decide(question, inForce(shuffled), circumstances)).toEqual(
          decide(question, inForce(own), circumstances),
        );
      }),
    );
  });

  it('adding a rule never loosens what a rule spoke of', () => {
    fc.assert(
      fc.property(policy, ruleOf('added'), given, (own, added, asked) => {
        const { question, circumstances } = ask(asked, own);
        const before = decide(question, inForce(own), circumstances);
        fc.pre(!before.voices.some(({ rule }) => rule === 'default'));
        const after = decide(question, inForce({ ...own, rules: [...own.rules, added] }), circumstances);
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      }),
      { numRuns: 500 },
    );
  });

  it('yeses that are enough with a rule more are enough without it', () => {
    const yes = fc.record({ person: fc.constantFrom('ann', 'ben', 'cat'), roles }).map(({ person, roles: own }) => ({
      kind: 'person' as const,
      account: `local:${person}`,
      person,
      name: person,
      roles: own,
      surface: 'cli' as const,
    }));
    fc.assert(
      fc.property(
        policy,
        ruleOf('added'),
        given,
        fc.uniqueArray(yes, { selector: ({ person }) => person }),
        (own, added, asked, approvers) => {
          const { question, circumstances } = ask(asked, own);
          const before = decide(question, inForce(own), circumstances);
          const after = decide(question, inForce({ ...own, rules: [...own.rules, added] }), circumstances);
          fc.pre(!before.voices.some(({ rule }) => rule === 'default') && missingYeses(after, approvers).length === 0);
          expect(missingYeses(before, approvers)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(Object.entries(losses))('not knowing never loosens: %s', (_name, lose) => {
    fc.assert(
      fc.property(policy, given, (own, asked) => {
        const { question, circumstances } = ask(asked, own);
        const known = decide(question, inForce(own), circumstances);
        const [less, worse] = lose(question, circumstances);
        expect(rank(decide(less, inForce(own), worse))).toBeGreaterThanOrEqual(rank(known));
      }),
      { numRuns: 300 },
    );
  });

  it('the floor holds whatever the policy says', () => {
    fc.assert(
      fc.property(policy, given, (own, asked) => {
        for (const hard of [
          { ...asked, killSwitch: true },
          { ...asked, auditWritable: false },
          { ...asked, kind: 'Secret' },
          { ...asked, namespace: 'kube-system' },
        ]) {
          const { question, circumstances } = ask(hard, own);
          expect(decide(question, inForce(own), circumstances).tier).toBe('forbidden');
        }
      }),
    );
  });
});
