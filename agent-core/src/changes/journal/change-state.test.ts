import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Change, ChangeState, finalStates } from '@autodevops/domain/change/change';
import type { ChangeEvent, StepId } from '@autodevops/domain/change/change';
import { endsChange } from '@autodevops/domain/change/change-end';
import { applyEvent, changeOf, samePerson } from './change-state.ts';
import { agent, ann, bob, decisionOf, person, planOf, plannedAction, time } from '../testing/samples.ts';

const id = 'chg-000000000001';
const plan = planOf(plannedAction('web'), plannedAction('api'));
const proposed: ChangeEvent = {
  type: 'proposed',
  time,
  requester: ann,
  reason: { text: 'Too few.' },
  plan,
  idempotencyKey: 'k',
  expiresAt: '2026-01-01T13:00:00.000Z',
};
const decided = (tier: Parameters<typeof decisionOf>[0]): ChangeEvent => ({
  type: 'decided',
  time,
  decision: decisionOf(tier),
  digest: 'd',
});
const approved = (actor = bob, digest = 'd'): ChangeEvent => ({
  type: 'approved',
  time,
  approval: { actor, digest, time },
});
const began: ChangeEvent = { type: 'execution-began', time, holder: 'here', fence: 1 };
const step = (action: number, direction: StepId['direction'] = 'forward'): StepId => ({
  direction,
  action,
  operation: 0,
});
const intended = (of: StepId): ChangeEvent => ({ type: 'step-intended', time, step: of, fence: 1 });
const ended = (of: StepId, outcome: 'done' | 'not-done' | 'unknown' = 'done'): ChangeEvent => ({
  type: 'step-ended',
  time,
  step: of,
  outcome,
  recovered: false,
  says: 'so',
});
const taken = (of: StepId): ChangeEvent[] => [intended(of), ended(of)];

function stateAfter(...events: readonly ChangeEvent[]): string {
  const change = changeOf(id, events);
  return change?.state ?? 'none';
}

function refusal(event: ChangeEvent, ...before: readonly ChangeEvent[]): string {
  const applied = applyEvent(changeOf(id, before), id, event);
  return 'refused' in applied ? applied.refused : '';
}

describe('a change', () => {
  it('waits for as many different people as the policy wants', () => {
    expect(stateAfter(proposed)).toBe('proposed');
    expect(stateAfter(proposed, decided('auto'))).toBe('approved');
    expect(stateAfter(proposed, decided('one'))).toBe('waiting');
    expect(stateAfter(proposed, decided('one'), approved())).toBe('approved');
    expect(stateAfter(proposed, decided('two'), approved())).toBe('waiting');
    expect(stateAfter(proposed, decided('two'), approved(), approved(person('cem')))).toBe('approved');
    expect(stateAfter(proposed, decided('forbidden'))).toBe('forbidden');
  });

  it('counts one person once, whatever account speaks', () => {
    const before = [proposed, decided('two'), approved()];
    expect(refusal(approved(), ...before)).toContain('has agreed already');
    expect(refusal(approved({ ...bob, account: 'cli:bob' }), ...before)).toContain('has agreed already');
  });

  it('does not take the yes of who asked as one of two', () => {
    expect(refusal(approved(ann), proposed, decided('two'))).toContain('cannot be one of the two');
  });

  it('takes no yes to something else than what stands', () => {
    expect(refusal(approved(bob, 'other'), proposed, decided('one'))).toContain('something else');
  });

  it('is done step by step, verified, and then stands for good', () => {
    const steps = [proposed, decided('auto'), began, ...taken(step(0)), ...taken(step(1))];
    expect(stateAfter(...steps)).toBe('executing');
    const verifying: readonly ChangeEvent[] = [...steps, { type: 'verification-began', time }];
    expect(stateAfter(...verifying)).toBe('verifying');
    expect(stateAfter(...verifying, { type: 'verified', time, says: 'Gone.' })).toBe('succeeded');
  });

  it('is not verified before every step is done', () => {
    expect(refusal({ type: 'verification-began', time }, proposed, decided('auto'), began, ...taken(step(0)))).toBe(
      'Not every step is done yet.',
    );
  });

  it('takes no second step before the first has ended, and none twice', () => {
    const before = [proposed, decided('auto'), began, intended(step(0))];
    expect(refusal(intended(step(1)), ...before)).toContain('not ended yet');
    expect(refusal(intended(step(0)), ...before, ended(step(0)))).toContain('done already');
    expect(refusal(intended(step(0)), ...before, ended(step(0), 'unknown'))).toContain('not taken again');
    expect(refusal(intended(step(0)), ...before, ended(step(0), 'not-done'))).toBe('');
  });

  it('does not end for sure while a step has no end', () => {
    const before = [proposed, decided('auto'), began, intended(step(0))];
    expect(refusal({ type: 'failed', time, says: 'x' }, ...before)).toContain('found out first');
    expect(refusal({ type: 'failed', time, says: 'x' }, ...before, ended(step(0), 'unknown'))).toContain('unknown');
    expect(stateAfter(...before, ended(step(0), 'unknown'), { type: 'unknown', time, says: 'x' })).toBe('unknown');
  });

  it('is undone backwards, and only as far as it was done', () => {
    const before: readonly ChangeEvent[] = [
      proposed,
      decided('auto'),
      began,
      ...taken(step(0)),
      { type: 'undo-began', time, why: 'No use.', actor: agent },
    ];
    const undone: ChangeEvent = { type: 'undone', time, says: 'Back.' };
    expect(refusal(undone, ...before)).toContain('Not every step is taken back');
    expect(refusal(intended(step(1)), ...before)).toContain('not taken while');
    expect(stateAfter(...before, ...taken(step(0, 'back')), undone)).toBe('undone');
  });

  it('says where it stands in one sentence', () => {
    expect(changeOf(id, [proposed, decided('two')])?.says).toBe('Two people must agree.');
    expect(changeOf(id, [proposed, decided('one'), approved()])?.says).toBe('Agreed to by bob.');
    expect(changeOf(id, [proposed, decided('auto'), began, ...taken(step(0))])?.says).toBe(
      'It is being done: 1 of 2 steps are done.',
    );
  });

  it('refuses a journal that cannot have come about', () => {
    expect(() => changeOf(id, [proposed, began])).toThrow(/cannot be: .*proposed/);
  });
});

const anyStep = fc.record({
  direction: fc.constantFrom('forward' as const, 'back' as const),
  action: fc.nat(2),
  operation: fc.nat(1),
});
const anyActor = fc.constantFrom(
  ann,
  bob,
  { ...bob, account: 'cli:bob' },
  person('cem'),
  { ...person('dan'), person: '' },
  agent,
);
const anyEvent: fc.Arbitrary<ChangeEvent> = fc.oneof(
  fc.constant(proposed),
  fc.constantFrom('auto', 'one', 'two', 'forbidden').map((tier) => decided(tier as 'auto')),
  fc.tuple(anyActor, fc.constantFrom('d', 'd', 'other')).map(([actor, digest]) => approved(actor, digest)),
  fc.record({
    type: fc.constantFrom('rejected' as const, 'cancelled' as const, 'undo-began' as const),
    time: fc.constant(time),
    actor: anyActor,
    why: fc.constantFrom('', 'so'),
  }),
  fc.constantFrom<ChangeEvent>({ type: 'expired', time }, { type: 'superseded', time, by: 'chg-2' }, began, {
    type: 'verification-began',
    time,
  }),
  anyStep.map(intended),
  fc
    .tuple(anyStep, fc.constantFrom('done' as const, 'done' as const, 'not-done' as const, 'unknown' as const))
    .map(([of, outcome]) => ended(of, outcome)),
  fc.record({
    type: fc.constantFrom(
      'verified' as const,
      'not-verified' as const,
      'undone' as const,
      'failed' as const,
      'unknown' as const,
    ),
    time: fc.constant(time),
    says: fc.constant('so'),
  }),
);
const back: readonly ChangeEvent[] = [
  { type: 'not-verified', time, says: 'so' },
  ...taken(step(1, 'back')),
  ...taken(step(0, 'back')),
  { type: 'undone', time, says: 'so' },
];
/** Mostly a way that leads somewhere, so that every state is reached. */
const road = fc
  .tuple(fc.constantFrom('auto' as const, 'two' as const, 'one' as const), fc.nat(16))
  .map(([tier, length]): ChangeEvent[] =>
    [
      proposed,
      decided(tier),
      ...(tier === 'auto' ? [] : [approved()]),
      began,
      ...taken(step(0)),
      ...taken(step(1)),
      { type: 'verification-began' as const, time },
      ...back,
    ].slice(0, length),
  );
const anyHistory = fc.tuple(road, fc.array(anyEvent, { maxLength: 20 })).map(([first, rest]) => [...first, ...rest]);

describe('any sequence of events', () => {
  it('leads through valid states, and what is refused is refused with a sentence', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyHistory, (events) => {
        let change: Change | undefined;
        for (const event of events) {
          const applied = applyEvent(change, id, event);
          if ('refused' in applied) {
            expect(applied.refused).toMatch(/\S.*\.$/);
            continue;
          }
          Change.parse(applied.change);
          expect(applied.change.says).toMatch(/\S/);
          seen.add(applied.change.state);
          ({ change } = applied);
        }
      }),
      { numRuns: 1000 },
    );
    expect([...seen].toSorted()).toEqual([...ChangeState.options].toSorted());
  });

  it('never leaves a final state, and only ends as the store counts ends', () => {
    fc.assert(
      fc.property(anyHistory, anyEvent, (events, event) => {
        let change: Change | undefined;
        for (const one of events) {
          const applied = applyEvent(change, id, one);
          if ('refused' in applied) continue;
          expect(finalStates.includes(applied.change.state)).toBe(endsChange(one));
          ({ change } = applied);
        }
        if (change !== undefined && finalStates.includes(change.state)) {
          expect(applyEvent(change, id, event)).toHaveProperty('refused');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never counts a person twice, and none too few', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('one' as const, 'two' as const),
        fc.array(anyActor, { maxLength: 8 }),
        (tier, actors) => {
          let change = changeOf(id, [proposed, decided(tier)]);
          for (const actor of actors) {
            const applied = applyEvent(change, id, approved(actor));
            if ('change' in applied) ({ change } = applied);
          }
          const given = change?.approvals ?? [];
          for (const [at, { actor }] of given.entries()) {
            expect(given.slice(at + 1).some((other) => samePerson(other.actor, actor))).toBe(false);
          }
          expect(given.every(({ actor }) => actor.kind === 'person')).toBe(true);
          expect(change?.state === 'approved').toBe(given.length === (tier === 'one' ? 1 : 2));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves at most one step without an end', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        let change: Change | undefined;
        for (const event of events) {
          const applied = applyEvent(change, id, event);
          if ('change' in applied) ({ change } = applied);
          expect((change?.steps ?? []).filter(({ outcome }) => outcome === undefined).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
