import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Change, finalStates } from '@autodevops/domain/change/change';
import type { ChangeState } from '@autodevops/domain/change/change';
import { actionIds, approvalValue, readApprovalValue } from '../action-ids.ts';
import { arbitraryOf } from '../testing/arbitrary-of.ts';
import { actionsOf, lettersOf } from '../testing/harmless.ts';
import { change } from '../testing/samples.ts';
import { shown } from '../text/shown.ts';
import { changeCard } from './change-card.ts';

const view = { cluster: 'prod-eu' };
const [action] = change.plan.actions;
if (action === undefined) throw new Error('the sample has an action');

function withActions(count: number, letters: number): Change {
  const actions = Array.from({ length: count }, (_, index) => ({
    ...(action as (typeof change.plan.actions)[number]),
    sentences: { will: `Does ${index} ${'x'.repeat(letters)}.`, doing: '', done: '' },
  }));
  return { ...change, plan: { ...change.plan, actions } };
}

describe('a proposal', () => {
  it('is approved or rejected by buttons that carry what was shown', () => {
    const card = changeCard(change, view);
    expect(actionsOf(card)).toEqual([actionIds.approve, actionIds.reject, actionIds.showDiff, actionIds.ask]);
    expect(JSON.stringify(card)).toContain(`"value":"${change.id} ${change.digest}"`);
  });

  it("names the risk, the reach, who may approve with every rule's voice, who asks and when it ends", () => {
    const letters = lettersOf(changeCard(change, view));
    for (const said of [
      'medium risk',
      'Reaches 1 object and Service shop/web',
      'Two people with the role approver have to agree.',
      'production-needs-two',
      'level.assist',
      'Asked for by',
      'Expires',
    ]) {
      expect(letters).toContain(said);
    }
  });

  it('that does not fit whole has no Approve and says where to see it', () => {
    for (const long of [withActions(20, 1500), withActions(1, 2100)]) {
      const card = changeCard(long, view);
      expect(actionsOf(card)).toEqual([actionIds.reject, actionIds.showDiff, actionIds.ask]);
      expect(lettersOf(card)).toContain('cannot be approved here');
      expect(lettersOf(card)).toContain(`autodevops change show ${change.id}`);
    }
  });

  it('with an Approve always shows every sentence and every note of the plan, whatever they are', () => {
    const waiting = arbitraryOf(Change).map((given): Change => ({
      ...given,
      id: change.id,
      state: 'waiting',
      digest: change.digest,
    }));
    let approvable = 0;
    fc.assert(
      fc.property(waiting, (given) => {
        const card = changeCard(given, view);
        if (!actionsOf(card).includes(actionIds.approve)) return;
        approvable += 1;
        const letters = lettersOf(card);
        const told = [...given.plan.actions.map(({ sentences }) => sentences.will), ...given.plan.facts.notes].map(
          (text) => shown(text, Number.MAX_SAFE_INTEGER),
        );
        expect(told.filter((text) => !letters.includes(text))).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(approvable).toBeGreaterThan(10);
  });

  it('that nobody has decided on yet, or that has no digest, has no Approve', () => {
    expect(actionsOf(changeCard({ ...change, state: 'proposed', digest: '' }, view))).not.toContain(actionIds.approve);
    expect(actionsOf(changeCard({ ...change, digest: '' }, view))).not.toContain(actionIds.approve);
  });
});

const states: readonly ChangeState[] = ['approved', 'executing', 'verifying', 'undoing', ...finalStates];
const done = {
  ...change,
  steps: [
    { step: { direction: 'forward' as const, action: 0, operation: 0 }, outcome: 'done' as const, says: 'Done.' },
  ],
};

describe('a change after its decision', () => {
  it('tells how far it reached as it was found then, not as it is now', () => {
    const dead = {
      ...change.plan,
      facts: {
        ...change.plan.facts,
        notes: ['The variable has another value now.'],
        blastRadius: {
          objects: 1,
          services: ['shop/web'],
          namespaces: ['shop'],
          shareOfReadyEndpoints: 0,
          readyEndpoints: 0,
        },
      },
    };
    const before = lettersOf(changeCard({ ...change, plan: dead }, view));
    const after = lettersOf(changeCard({ ...done, state: 'succeeded', plan: dead }, view));
    expect(before).toContain('no endpoint of it is ready now');
    expect(before).not.toContain('As it was found');
    expect(after).toContain('Reached 1 object and Service shop/web (no endpoint of it was ready then)');
    expect(after).toMatch(/As it was found .*:.*another value now/s);
  });

  it('says of what one step did what the action says, and of several steps what each says', () => {
    const told = (operations: number): string => {
      const actions = [
        {
          ...action,
          operations: Array.from({ length: operations }, () => action.operations[0] ?? expect.fail()),
          sentences: { will: '', doing: '', done: 'Returned it to revision 6.' },
        },
      ];
      const steps = [{ ...(done.steps[0] ?? expect.fail()), says: 'patch Deployment shop/web: done.' }];
      return lettersOf(changeCard({ ...done, steps, state: 'succeeded', plan: { ...change.plan, actions } }, view));
    };
    expect(told(1)).toContain('✅ Returned it to revision 6.');
    expect(told(2)).toContain('✅ patch Deployment shop/web: done.');
  });

  it('is never approved or rejected again', () => {
    for (const state of states) {
      expect(
        actionsOf(changeCard({ ...done, state }, view)).filter(
          (id) => id === actionIds.approve || id === actionIds.reject,
        ),
      ).toEqual([]);
    }
  });

  it('that came to nothing has no button at all', () => {
    for (const state of ['rejected', 'forbidden', 'expired', 'cancelled', 'superseded'] as const) {
      expect(actionsOf(changeCard({ ...done, state }, view))).toEqual([]);
    }
  });

  it('may be taken back while it is done and after, where something was done that can be', () => {
    const undoable = states.filter((state) => actionsOf(changeCard({ ...done, state }, view)).includes(actionIds.undo));
    expect(undoable).toEqual(['executing', 'verifying', 'succeeded', 'failed', 'unknown']);
    expect(actionsOf(changeCard({ ...done, state: 'failed', steps: [] }, view))).not.toContain(actionIds.undo);
    const final = {
      ...done,
      state: 'succeeded' as const,
      plan: { ...change.plan, actions: [{ ...action, undo: { operations: [], why: 'nothing can' } }] },
    };
    expect(actionsOf(changeCard(final, view))).not.toContain(actionIds.undo);
  });
});

describe('the value of an Approve', () => {
  it('is read back whole, and nothing else is read', () => {
    expect(readApprovalValue(approvalValue(change))).toEqual({ id: change.id, digest: change.digest });
    for (const value of [
      '',
      change.id,
      `${change.id} short`,
      `${change.id}  ${change.digest}`,
      `inc-012345 ${change.digest}`,
      `${change.id} ${change.digest} x`,
    ]) {
      expect(readApprovalValue(value)).toBeUndefined();
    }
  });
});
