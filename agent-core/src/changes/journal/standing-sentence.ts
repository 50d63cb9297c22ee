import type { Change } from '@autodevops/domain/change/change';
import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { missingYeses } from '../policy/demands.ts';
import { forbiddenText } from '../policy/forbidden-text.ts';
import { forwardSteps } from './steps.ts';

function progress({ plan, steps }: Change): string {
  const all = forwardSteps(plan).length;
  const done = steps.filter(({ step, outcome }) => step.direction === 'forward' && outcome === 'done').length;
  return `${done} of ${all} ${all === 1 ? 'step is' : 'steps are'} done`;
}

function waiting({ decision, approvals }: Change): string {
  return decision === undefined
    ? 'Waits for the policy to decide.'
    : missingYeses(
        decision,
        approvals.map(({ actor }) => actor),
      ).join(' ');
}

function approved({ approvals }: Change): string {
  return approvals.length === 0
    ? 'The policy lets it be done at once.'
    : `Agreed to by ${approvals.map(({ actor }) => actor.name).join(' and ')}.`;
}

function forbidden({ decision }: Change): string {
  const { says, remedy } = forbiddenText(decision ?? { voices: [] });
  return `${says} ${inTerminal(remedy)}`;
}

/** Where a change stands, in a sentence or two, where no event has said it. */
export function standingSentence(change: Change): string {
  switch (change.state) {
    case 'proposed':
      return 'Waits for the policy to decide.';
    case 'waiting':
      return waiting(change);
    case 'approved':
      return approved(change);
    case 'forbidden':
      return forbidden(change);
    case 'executing':
      return `It is being done: ${progress(change)}.`;
    case 'verifying':
      return 'It is done; whether it helped is being looked at.';
    case 'undoing':
      return 'It is being taken back.';
    default:
      return `It is ${change.state}.`;
  }
}
