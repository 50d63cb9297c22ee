import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Lease } from '@autodevops/domain/ports/store';
import { noTracer } from '@autodevops/domain/ports/tracer';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { otherCluster } from '../facts/cluster-identity.ts';
import { isFinal } from '../journal/change-state.ts';
import { readChange } from '../journal/journal.ts';
import type { Recorded } from '../journal/journal.ts';
import { openChanges } from '../journal/overlap.ts';
import { backwardSteps, firstToDo, forwardSteps, openStep } from '../journal/steps.ts';
import { timeOf } from '../surroundings.ts';
import { begin } from './begin.ts';
import { endOfUndo } from './end-of-undo.ts';
import { clusterOf, record } from './run.ts';
import type { ExecutionDesk, Run } from './run.ts';
import { settleOpenStep, takeStep } from './step.ts';
import { verify } from './verification.ts';
import { tellStep, tellStretch } from './tell-step.ts';
import { refuseWhenStopped, setWatchman } from './watchman.ts';

function whyUndone(events: readonly ChangeEvent[]): string {
  const event = events.findLast((other) => other.type === 'undo-began' || other.type === 'not-verified');
  return event === undefined ? '' : event.type === 'undo-began' ? event.why : event.says;
}

async function forwards(run: Run): Promise<void> {
  const { change } = run.recorded;
  const step = firstToDo(forwardSteps(change.plan), change.steps);
  if (step !== undefined) return await tellStep(run, step, async () => await takeStep(run, step));
  await record(run, [{ type: 'verification-began', time: timeOf(run.desk.clock) }]);
}

async function backwards(run: Run): Promise<void> {
  const { change, events } = run.recorded;
  const step = firstToDo(backwardSteps(change), change.steps);
  if (step !== undefined) return await tellStep(run, step, async () => await takeStep(run, step));
  await record(run, [endOfUndo(change, whyUndone(events), timeOf(run.desk.clock))]);
}

/** What cannot be told is said, and nothing more is done: neither forwards nor backwards would be safe. */
async function sayUnknown(run: Run): Promise<void> {
  const unclear = run.recorded.change.steps.find(({ outcome }) => outcome === 'unknown');
  const done = run.recorded.change.steps.filter(({ outcome }) => outcome === 'done').length;
  const rest = done === 0 ? 'No other step was done.' : `${done} other ${done === 1 ? 'step was' : 'steps were'} done.`;
  await record(run, [
    {
      type: 'unknown',
      time: timeOf(run.desk.clock),
      says: `It cannot be told whether a step was done, and it is not tried again: ${unclear?.says ?? ''} ${rest} A person has to look.`,
    },
  ]);
}

/** What was begun in one cluster is neither looked for nor gone on with in another that bears its name now. */
async function sayElsewhere(run: Run): Promise<void> {
  const { change } = run.recorded;
  // What is not begun yet is looked at as a whole before it is.
  if (change.state === 'approved') return;
  const elsewhere = await otherCluster(change.plan, clusterOf(run), run.watchman.signal);
  if (elsewhere === undefined) return;
  await record(run, [
    {
      type: 'unknown',
      time: timeOf(run.desk.clock),
      says: `${elsewhere} What became of it there cannot be seen from here, and nothing more is done. A person has to look.`,
    },
  ]);
}

/** The next thing to do follows from the journal alone, so it does not matter who did the one before. */
async function advance(run: Run): Promise<void> {
  const { change, events } = run.recorded;
  if (change.steps.some(({ outcome }) => outcome === 'unknown')) return await sayUnknown(run);
  const open = openStep(events);
  if (open !== undefined) return await settleOpenStep(run, open);
  switch (change.state) {
    case 'approved':
      return await tellStretch(run, 'change begin', async () => await begin(run));
    case 'executing':
      return await forwards(run);
    case 'verifying':
      return await tellStretch(run, 'change verify', async () => await verify(run));
    case 'undoing':
      return await backwards(run);
    default:
      throw new AutoDevOpsError(
        'change.wrong-state',
        `${change.id} cannot be executed: it is ${change.state}. ${change.says}`,
        remedy`See it with ${{ do: 'show-change', change: change.id }}.`,
      );
  }
}

async function toTheEnd(run: Run): Promise<Change> {
  while (!isFinal(run.recorded.change.state)) {
    await run.watchman.check();
    await advance(run);
  }
  return run.recorded.change;
}

/** What stopped it, rather than that it was interrupted. */
function reasonOf(error: unknown, caller: AbortSignal, signal: AbortSignal): unknown {
  const stopped = error instanceof AutoDevOpsError && error.code === 'interrupted' && !caller.aborted && signal.aborted;
  return stopped ? (signal.reason as unknown) : error;
}

async function underLease(id: string, lease: Lease, desk: ExecutionDesk, caller: AbortSignal): Promise<Change> {
  const watchman = setWatchman(lease, desk.pace.lease, desk, caller);
  try {
    const run = { id, desk, lease, watchman, caller, recorded: await readChange(desk.store.changes, id) };
    await sayElsewhere(run);
    return await toTheEnd(run);
  } catch (error) {
    throw reasonOf(error, caller, watchman.signal);
  } finally {
    await watchman.dismiss();
    await desk.store.leases.release(lease);
  }
}

function refuseEnded({ change }: Recorded): void {
  if (isFinal(change.state)) {
    throw new AutoDevOpsError(
      'change.wrong-state',
      `${change.id} has come to its end: it is ${change.state}. ${change.says}`,
      'Propose a new change.',
    );
  }
}

function isExecuted(id: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.locked',
    `${id} is being executed already.`,
    remedy`Watch it with ${{ do: 'watch-change', change: id }}.`,
  );
}

/**
 * Executes an approved change, or goes on with one that a process left in the middle: every step at most once, whoever
 * else tries. Comes back when it has ended, for good or ill. Throws `change.stopped` (kill switch), `change.stale` (no
 * longer what was agreed to), `change.wrong-state`, `store.locked` (another process executes it), and what the store
 * or the cluster throw; after these it can be resumed by calling this again.
 */
export async function execute(id: string, desk: ExecutionDesk, signal: AbortSignal): Promise<Change> {
  refuseEnded(await readChange(desk.store.changes, id));
  await refuseWhenStopped(desk);
  if (desk.underWay.has(id)) throw isExecuted(id);
  desk.underWay.add(id);
  try {
    const lease = await desk.store.leases.acquire(`change/${id}`, desk.holder, desk.pace.lease);
    if (lease === undefined) throw isExecuted(id);
    return await (desk.tracer ?? noTracer).span(
      { name: 'change execute', facts: { 'autodevops.change': id } },
      async (span) => {
        const change = await underLease(id, lease, desk, signal);
        span.note({ 'autodevops.change.state': change.state });
        return change;
      },
    );
  } finally {
    desk.underWay.delete(id);
  }
}

/** Ids of changes that are on their way, or may begin: what a process takes up again when it starts. */
export async function unfinished({ store }: Pick<ExecutionDesk, 'store'>): Promise<readonly string[]> {
  const states: readonly Change['state'][] = ['approved', 'executing', 'verifying', 'undoing'];
  return (await openChanges(store.changes)).filter(({ state }) => states.includes(state)).map(({ id }) => id);
}
