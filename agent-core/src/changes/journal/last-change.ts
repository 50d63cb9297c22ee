import type { Change } from '@autodevops/domain/change/change';
import { refKey } from '@autodevops/domain/object-ref';
import { changeOf, isFinal } from './change-state.ts';
import type { ChangeJournal } from './journal.ts';

const page = 100;
/** Further back nothing is looked for. */
const most = 1000;

/** Ends before anything was done are none. */
function wasDone(change: Change): boolean {
  return (
    isFinal(change.state) &&
    change.steps.some(({ step, outcome }) => step.direction === 'forward' && outcome !== 'not-done')
  );
}

/** The newest change of the object of this Kind/namespace/name that was executed and has ended; undefined when none is kept. */
export async function lastChangeOf(journal: ChangeJournal, target: string): Promise<Change | undefined> {
  for (let seen = 0, before: string | undefined; seen < most;) {
    const summaries = await journal.list({ limit: page, ...(before === undefined ? {} : { before }) });
    for (const { id } of summaries) {
      const change = changeOf(id, await journal.read(id));
      if (
        change !== undefined &&
        wasDone(change) &&
        change.plan.actions.some(({ request }) => refKey(request.target) === target)
      ) {
        return change;
      }
    }
    seen += summaries.length;
    before = summaries.at(-1)?.id;
    if (summaries.length < page) return undefined;
  }
  return undefined;
}
