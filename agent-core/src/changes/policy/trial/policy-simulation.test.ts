import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { Policy } from '@autodevops/domain/change/policy';
import { decide } from '../decide.ts';
import { historyOf } from './history.ts';
import type { ChangeJournal } from './history.ts';
import { pastChanges, simulatePolicy } from './policy-simulation.ts';
import { ask, inForce, policyOf } from '../testing/ask.ts';
import type { Given } from '../testing/ask.ts';

const rule = { id: 'a', why: 'A.' };
const old = policyOf({
  rules: [
    { ...rule, decision: 'one' },
    { id: 'high', why: 'High.', decision: 'two', match: { risks: ['high'] } },
  ],
});
const setting = { mode: 'local' as const, self: { namespace: 'autodevops', user: '', objects: [] }, environment: '' };

function time(hour: number, minute = 0): string {
  return new Date(Date.UTC(2026, 0, 7, hour, minute)).toISOString();
}

function journal(
  id: string,
  hour: number,
  given: Given,
  policy: Policy,
  ...more: readonly ChangeEvent[]
): ChangeJournal {
  const { question, circumstances } = ask({ ...given, now: time(hour) }, policy);
  const { actions, facts, requester, reason } = question;
  return {
    id,
    events: [
      {
        type: 'proposed',
        time: time(hour),
        requester,
        reason,
        plan: { actions: [...actions], diff: [], facts },
        idempotencyKey: id,
        expiresAt: time(23),
      },
      { type: 'decided', time: time(hour), decision: decide(question, inForce(policy), circumstances), digest: 'd' },
      ...more,
    ],
  };
}

function began(hour: number, minute = 0): ChangeEvent {
  return { type: 'execution-began', time: time(hour, minute), holder: 'h', fence: 1 };
}

describe('a policy against the past', () => {
  const past = pastChanges(
    [
      journal('chg-1', 8, {}, old),
      journal('chg-2', 9, { risk: 'high' }, old),
      journal('chg-3', 10, { namespace: 'live' }, old),
    ],
    setting,
  );

  it('decides as it did when it is the same', () => {
    expect(simulatePolicy(inForce(old), past)).toEqual({ changes: 3, same: 3, different: [] });
  });

  it('tells what would have been decided otherwise, the looser first', () => {
    const other = policyOf({
      rules: [
        { ...rule, decision: 'one' },
        { id: 'live', why: 'Live.', decision: 'two', match: { namespaces: ['live'] } },
      ],
    });
    const { same, different } = simulatePolicy(inForce(other), past);
    expect(same).toBe(1);
    expect(different.map(({ id, was, wouldBe, direction }) => [id, was, wouldBe, direction])).toEqual([
      ['chg-2', 'two', 'one', 'looser'],
      ['chg-3', 'one', 'two', 'stricter'],
    ]);
    expect(different[1]?.decision.voices[0]).toMatchObject({ rule: 'live' });
  });

  it('counts budgets as they stood then', () => {
    const budget = policyOf({ rules: [{ ...rule, decision: 'one', limits: { changesPerHour: 2, beyond: 'two' } }] });
    const journals = [
      journal('chg-1', 8, {}, old, began(8, 1)),
      journal('chg-2', 8, {}, old, began(8, 2)),
      journal('chg-3', 10, {}, old, began(10, 1)),
      journal('chg-4', 8, {}, old),
    ];
    const shifted = journals.map((one, index): ChangeJournal =>
      index === 3 ? { ...one, events: one.events.map((event) => ({ ...event, time: time(8, 30) })) } : one,
    );
    expect(simulatePolicy(inForce(budget), pastChanges(shifted, setting)).different.map(({ id }) => id)).toEqual([
      'chg-4',
    ]);
  });

  it('leaves out what was never decided', () => {
    const { events } = journal('chg-1', 8, {}, old);
    expect(pastChanges([{ id: 'chg-1', events: events.slice(0, 1) }], setting)).toEqual([]);
  });
});

describe('a history', () => {
  const since = time(0);
  const changesOf = (...journals: readonly ChangeJournal[]): readonly string[] =>
    historyOf(journals, since).changes.map((change) => change.time);
  const auto = policyOf({ rules: [{ ...rule, decision: 'auto' }] });

  it('counts what was executed, from when it began', () => {
    expect(changesOf(journal('c', 8, {}, old, began(9)))).toEqual([time(9)]);
  });

  it('counts what is on its way: agreed to, or to be done at once', () => {
    const { requester: actor } = ask().question;
    const approved: ChangeEvent = { type: 'approved', time: time(9), approval: { actor, digest: 'd', time: time(9) } };
    expect(changesOf(journal('c', 8, {}, old, approved))).toEqual([time(9)]);
    expect(changesOf(journal('c', 8, {}, auto))).toEqual([time(8)]);
    expect(changesOf(journal('c', 8, {}, old))).toEqual([]);
    expect(
      changesOf(journal('c', 8, {}, old, approved, { type: 'rejected', time: time(10), actor, why: 'No.' })),
    ).toEqual([]);
    expect(changesOf(journal('c', 8, {}, auto, { type: 'expired', time: time(10) }))).toEqual([]);
  });

  it('knows the rules that spoke and the workloads', () => {
    expect(historyOf([journal('c', 8, {}, auto)], since).changes[0]).toEqual({
      time: time(8),
      rules: ['a'],
      workloads: ['Deployment/shop/web'],
    });
  });
});
