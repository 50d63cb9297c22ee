import type { Change, StepOutcome } from '@autodevops/domain/change/change';
import { ifRoom } from '../budget/message.ts';
import type { Part } from '../budget/fit.ts';
import { line, richText, when, words } from '../text/rich-text.ts';

const outcomeMarks: Readonly<Record<StepOutcome, string>> = { done: '✅', 'not-done': '🔴', unknown: '❔' };

/** Who said yes, by name. */
export function approvalParts({ approvals }: Change): readonly Part[] {
  return approvals.map(({ actor, time }) =>
    ifRoom('yes', richText(line(words(`👍 ${actor.name}`, 100), words(' agreed '), when(time)))),
  );
}

/** What was done so far, step by step. */
export function stepParts({ steps, plan }: Change): readonly Part[] {
  return steps.map(({ step, outcome, says }) => {
    const doing = plan.actions[step.action]?.sentences.doing ?? '';
    const text = step.direction === 'back' ? `Taking back: ${says}` : says === 'Begun.' || says === '' ? doing : says;
    return ifRoom(
      'step',
      richText(line(words(`${outcome === undefined ? '⏳' : outcomeMarks[outcome]} ${text}`, 500))),
    );
  });
}
