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

/** An action of one step is told by its own sentences, any other by what each of its steps says. */
function stepText({ step, outcome, says }: Change['steps'][number], { actions }: Change['plan']): string {
  if (step.direction === 'back') return `Taking back: ${says}`;
  const action = actions[step.action];
  if (says === 'Begun.' || says === '') return action?.sentences.doing ?? '';
  return outcome === 'done' && action?.operations.length === 1 ? action.sentences.done : says;
}

/** What was done so far, step by step. */
export function stepParts({ steps, plan }: Change): readonly Part[] {
  return steps.map((entry) => {
    const mark = entry.outcome === undefined ? '⏳' : outcomeMarks[entry.outcome];
    return ifRoom('step', richText(line(words(`${mark} ${stepText(entry, plan)}`, 500))));
  });
}
