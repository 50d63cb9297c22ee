import { describe, expect, it } from 'vitest';
import type { Plan } from '@autodevops/domain/change/plan';
import { changeDigest } from './digest.ts';
import type { AgreedTo } from './digest.ts';
import { ann, bob, decisionOf, factsOfPlan, patchOf, planOf, plannedAction, sha256 } from '../testing/samples.ts';

const base = planOf();
const proposal = { id: 'chg-000000000001', requester: ann, reason: { text: 'Ann wants it.' } };
const digestOf = (plan: Plan, decision = decisionOf('one'), of: Partial<AgreedTo> = {}): string =>
  changeDigest({ ...proposal, plan, ...of }, decision, sha256);

function seenLater(plan: Plan): Plan {
  const text = JSON.stringify(plan).replaceAll('"resourceVersion":"10"', '"resourceVersion":"999"');
  const later = JSON.parse(text) as Plan;
  return { ...later, facts: { ...later.facts, capturedAt: '2026-01-01T12:30:00.000Z' } };
}

describe('what a yes is bound to', () => {
  it('is a SHA-256 in lower-case hexadecimal', () => {
    expect(digestOf(base)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stays the same when only status moved on and time passed', () => {
    expect(digestOf(seenLater(base))).toBe(digestOf(base));
    const made: Plan = planOf(
      plannedAction('web', {
        operations: [
          {
            verb: 'apply',
            force: false,
            object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', resourceVersion: '10' } },
          },
        ],
      }),
    );
    expect(digestOf(seenLater(made))).toBe(digestOf(made));
  });

  it('does not depend on the order of keys', () => {
    const turned = { facts: base.facts, diff: base.diff, actions: base.actions } as Plan;
    expect(digestOf(turned)).toBe(digestOf(base));
  });

  const changed: Readonly<Record<string, string>> = {
    'what is sent': digestOf(planOf(plannedAction('web', { operations: [patchOf('web', 4)] }))),
    'what takes it back': digestOf(planOf(plannedAction('web', { undo: { operations: [], why: 'No.' } }))),
    'the sentence that was read': digestOf(
      planOf(plannedAction('web', { sentences: { will: 'Other.', doing: '', done: '' } })),
    ),
    'the diff': digestOf({ ...base, diff: [] }),
    'a fact': digestOf({ ...base, facts: factsOfPlan({ disruptionsAllowed: 0 }) }),
    'the policy': digestOf(base, decisionOf('one', { policyVersion: 'policy-2' })),
    'who must agree': digestOf(base, decisionOf('one', { roles: ['sre'] })),
    'how many must agree': digestOf(base, decisionOf('two')),
    'who each of them must be': digestOf(
      base,
      decisionOf('two', {
        demands: [
          { approvals: 1, roles: ['sre'] },
          { approvals: 1, roles: ['owner'] },
        ],
      }),
    ),
    'which proposal it is': digestOf(base, decisionOf('one'), { id: 'chg-000000000002' }),
    'who wants it': digestOf(base, decisionOf('one'), { requester: bob }),
    why: digestOf(base, decisionOf('one'), { reason: { text: 'Another reason.' } }),
    'which object of that name': digestOf(JSON.parse(JSON.stringify(base).replaceAll('uid-web', 'uid-other')) as Plan),
  };
  for (const [what, digest] of Object.entries(changed)) {
    it(`changes with ${what}`, () => expect(digest).not.toBe(digestOf(base)));
  }

  it('tells all of these apart', () => {
    expect(new Set(Object.values(changed)).size).toBe(Object.keys(changed).length);
  });
});
