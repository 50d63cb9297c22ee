import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { floor } from './floor/floor.ts';
import { ask, inForce, policyOf } from './testing/ask.ts';

const policy = policyOf({
  autonomy: 'suggest',
  rules: [
    { id: 'gold', why: 'Gold.', decision: 'two', match: { labels: { tier: 'gold' } } },
    { id: 'scaling', why: 'Scaling.', decision: 'two', match: { actions: ['scale'] } },
  ],
  freezes: [{ name: 'later', from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' }],
});

describe('an explanation', () => {
  const { question, circumstances } = ask({ unknown: ['labels'] }, policy);
  const { decision, rules, facts } = explain(question, inForce(policy), circumstances);
  const ruleOf = (id: string) => rules.find(({ rule }) => rule === id);

  it('lists every rule there is', () => {
    expect(rules.map(({ rule }) => rule)).toEqual([
      ...floor.map(({ id }) => id),
      'freeze.later',
      'level.suggest.ask',
      'level.suggest.high-risk',
      'gold',
      'scaling',
      'default',
    ]);
  });

  it('says of each whether it spoke, and why not', () => {
    expect(ruleOf('level.suggest.ask')).toMatchObject({ state: 'speaks', tier: 'one' });
    expect(ruleOf('level.suggest.high-risk')).toMatchObject({ state: 'silent', says: 'the risk is low' });
    expect(ruleOf('gold')).toMatchObject({
      state: 'uncertain',
      tier: 'two',
      says: 'the labels of the target are not known',
    });
    expect(ruleOf('scaling')).toMatchObject({ state: 'silent', says: 'the action is set-image' });
    expect(ruleOf('freeze.later')).toMatchObject({ state: 'silent', says: 'now is outside of the freeze' });
    expect(ruleOf('default')).toMatchObject({ state: 'silent' });
  });

  it('has the decision and the facts that were known', () => {
    expect(decision).toEqual(decide(question, inForce(policy), circumstances));
    expect(facts).toMatchObject({ reversible: true, managedBy: [] });
    expect(facts).not.toHaveProperty('labels');
  });
});
