import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decide } from '@autodevops/agent-core/policy/decide';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { ask, policyOf } from '@autodevops/agent-core/policy/testing/ask';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { Policy } from '@autodevops/domain/change/policy';
import type { Store } from '@autodevops/domain/ports/store';
import { simulateOverPast } from './simulating.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const inForce = policyInForce(policyOf({ autonomy: 'suggest' }), digest);
const deciding = {
  inForce,
  mode: 'local' as const,
  self: async () => ({ namespace: '', user: 'ann', objects: [] }),
  environment: '',
};

function decidedIn(namespace: string): readonly ChangeEvent[] {
  const {
    question: { actions, facts, requester, reason },
    circumstances,
  } = ask({ namespace });
  const time = new Date(circumstances.now).toISOString();
  const decision = decide({ actions, facts, requester, reason, environment: '' }, inForce, circumstances);
  return [
    {
      type: 'proposed',
      time,
      requester,
      reason,
      plan: { actions: [...actions], diff: [], facts },
      idempotencyKey: 'k',
      expiresAt: time,
    },
    { type: 'decided', time, decision, digest: 'd' },
  ];
}

/** A store's changes, the newest first, with their ids counted from the oldest. */
function changesOf(journals: readonly (readonly ChangeEvent[])[]): Store['changes'] {
  const rows = journals
    .map((_events, at) => ({ id: `chg-${String(at).padStart(6, '0')}`, sequence: at, firstTime: '', lastTime: '' }))
    .toReversed();
  return {
    append: async () => {},
    appendAll: async () => {},
    byKey: async () => undefined,
    read: async (id) => journals[Number(id.slice(4))] ?? [],
    list: async ({ limit, before }) =>
      rows.slice(before === undefined ? 0 : rows.findIndex(({ id }) => id === before) + 1).slice(0, limit),
  };
}

async function tried(
  policy: Policy,
  journals: readonly (readonly ChangeEvent[])[],
): ReturnType<typeof simulateOverPast> {
  return await simulateOverPast(policy, { changes: changesOf(journals), deciding, digest });
}

describe('a policy that is tried on past changes', () => {
  it('tells those that it would have decided otherwise, with what they were to do and the rule that says so', async () => {
    const policy = policyOf({
      rules: [{ id: 'no-live', why: 'Live is left alone.', match: { namespaces: ['live'] }, decision: 'forbidden' }],
    });
    const { changes, same, different, older } = await tried(policy, [
      decidedIn('shop'),
      decidedIn('live'),
      decidedIn('shop'),
    ]);
    expect({ changes, same, older }).toEqual({ changes: 3, same: 2, older: false });
    expect(different).toMatchObject([
      {
        id: 'chg-000001',
        was: 'one',
        wouldBe: 'forbidden',
        direction: 'stricter',
        will: ['It will be done.'],
        decision: { voices: [{ rule: 'no-live' }, { rule: 'level.suggest.ask' }] },
      },
    ]);
  });

  it('is at the level in force unless it has one of its own', async () => {
    const past = [decidedIn('shop')];
    expect(await tried(policyOf({}), past)).toMatchObject({ same: 1, version: inForce.version });
    expect((await tried(policyOf({ autonomy: 'observe' }), past)).different).toMatchObject([
      { was: 'one', wouldBe: 'forbidden' },
    ]);
  });

  it('is refused when a condition of it cannot be used', async () => {
    await expect(
      tried(policyOf({ rules: [{ id: 'a', why: 'A.', when: 'facts.', decision: 'auto' }] }), []),
    ).rejects.toMatchObject({ code: 'policy.invalid' });
  });

  it('looks at the newest ones only, and says that there are older ones', async () => {
    const one = decidedIn('shop');
    expect(
      await tried(
        policyOf({}),
        Array.from({ length: 501 }, () => one),
      ),
    ).toMatchObject({ changes: 500, older: true });
    expect(
      await tried(
        policyOf({}),
        Array.from({ length: 500 }, () => one),
      ),
    ).toMatchObject({ changes: 500, older: false });
  });
});
