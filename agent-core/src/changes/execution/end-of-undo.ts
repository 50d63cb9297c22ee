import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import type { PlannedAction } from '@autodevops/domain/change/plan';

/** Actions of which something was done and of which nothing is named that takes it back. */
function lasting({ plan, steps }: Change): readonly PlannedAction[] {
  return plan.actions.filter((action, index) => action.undo.operations.length === 0 && steps.some(({ step, outcome }) => step.direction === 'forward' && step.action === index && outcome === 'done'));
}

/** What is said when every step that can be taken back is. */
export function endOfUndo(change: Change, why: string, time: string): ChangeEvent {
  const left = lasting(change);
  if (left.length > 0) return { type: 'failed', time, says: `${why} ${left.map(({ sentences, undo }) => `${sentences.done} This stays: ${undo.why}`).join(' ')}`.trim() };
  const done = change.steps.some(({ step, outcome }) => step.direction === 'forward' && outcome === 'done');
  return { type: 'undone', time, says: `${why} ${done ? 'It was taken back: everything is set as it was before.' : 'Nothing had been done yet.'}`.trim() };
}
