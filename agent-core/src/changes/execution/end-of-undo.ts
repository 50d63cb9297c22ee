import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { asksApplication } from '../../scarlet/targets/argo-application.ts';

/** Actions of which something was done and of which nothing is named that takes it back. */
function lasting({ plan, steps }: Change): readonly PlannedAction[] {
  return plan.actions.filter(
    (action, index) =>
      action.undo.operations.length === 0 &&
      steps.some(({ step, outcome }) => step.direction === 'forward' && step.action === index && outcome === 'done'),
  );
}

/** A tool that was asked has yet to do it. */
function takenBack({ plan }: Change): string {
  const asked = plan.actions.filter(({ undo }) => undo.operations.some(asksApplication)).map(({ undo }) => undo.why);
  return asked.length === 0
    ? 'It was taken back: everything is set as it was before.'
    : `It is taken back by Argo CD, which was asked for that: ${asked.join(' ')}`;
}

/** What is said when every step that can be taken back is. */
export function endOfUndo(change: Change, why: string, time: string): ChangeEvent {
  const left = lasting(change);
  if (left.length > 0) {
    return {
      type: 'failed',
      time,
      says: `${why} ${left.map(({ sentences, undo }) => `${sentences.done} This stays: ${undo.why}`).join(' ')}`.trim(),
    };
  }
  const done = change.steps.some(({ step, outcome }) => step.direction === 'forward' && outcome === 'done');
  return { type: 'undone', time, says: `${why} ${done ? takenBack(change) : 'Nothing had been done yet.'}`.trim() };
}
