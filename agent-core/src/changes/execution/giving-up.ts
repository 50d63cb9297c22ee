import type { Change, StepId } from '@autodevops/domain/change/change';
import { forwardSteps, sameStep } from '../journal/steps.ts';
import { timeOf } from '../surroundings.ts';
import { record } from './run.ts';
import type { Run } from './run.ts';

function anythingDone({ steps }: Change): boolean {
  return steps.some(({ step, outcome }) => step.direction === 'forward' && outcome === 'done');
}

function place({ plan }: Change, step: StepId): string {
  const all = forwardSteps(plan);
  return all.length === 1 ? '' : ` (step ${all.findIndex((other) => sameStep(other, step)) + 1} of ${all.length})`;
}

/** A step that cannot be taken: what was done is taken back; where that is what failed, a person has to look. */
export async function giveUp(run: Run, step: StepId, why: string): Promise<void> {
  const { change } = run.recorded;
  const time = timeOf(run.desk.clock);
  if (step.direction === 'back') {
    await record(run, [{ type: 'failed', time, says: `It could not be taken back, and a person has to look: ${why}` }]);
  } else if (anythingDone(change)) {
    await record(run, [
      {
        type: 'undo-began',
        time,
        why: `It could not be finished${place(change, step)}: ${why}`,
        actor: run.desk.agent,
      },
    ]);
  } else {
    await record(run, [{ type: 'failed', time, says: `Nothing was changed: ${why}` }]);
  }
}
