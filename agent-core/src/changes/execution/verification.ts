import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { Plan, PlannedAction } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Live, Standing } from '../../scarlet/action.ts';
import { timeOf } from '../surroundings.ts';
import { newBlindSpots, remaining, scopeToSee, worse } from './findings.ts';
import { readAgain, record } from './run.ts';
import type { Run } from './run.ts';

type EventOf<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;

function lastOf<Type extends ChangeEvent['type']>(
  events: readonly ChangeEvent[],
  type: Type,
): EventOf<Type> | undefined {
  return events.findLast((event): event is EventOf<Type> => event.type === type);
}

/** Of several actions on one object the last says how it should be. */
function actionsToVerify(actions: readonly PlannedAction[]): readonly PlannedAction[] {
  return [...new Map(actions.map((action) => [refKey(action.request.target), action])).values()];
}

async function standings(run: Run): Promise<Standing> {
  const { ground, clock } = run.desk;
  const { images, git, alerts } = ground;
  const live: Live = {
    cluster: ground.cluster,
    now: clock.now(),
    signal: run.watchman.signal,
    ...(images === undefined ? {} : { images }),
    ...(git === undefined ? {} : { git }),
    ...(alerts === undefined ? {} : { alerts }),
  };
  const all = await Promise.all(
    actionsToVerify(run.recorded.change.plan.actions).map(({ request }) => ground.planner.verify(request, live)),
  );
  return (
    all.find(({ state }) => state === 'failed') ??
    all.find(({ state }) => state === 'waiting') ?? { state: 'succeeded', says: all.map(({ says }) => says).join(' ') }
  );
}

/** The fault as people call it, and where: what is said of it is read in threads and on cards. */
function named({
  code,
  title,
  object,
}: Pick<Cause, 'code' | 'object'> & { readonly title?: string | undefined }): string {
  return `${title === undefined ? code : `"${title}"`} on ${refText(object)}`;
}

/** Whether the finding has gone and nothing that it reaches got worse, by what Jamie sees now. */
function judge(run: Run, after: Diagnosis): Standing {
  const {
    change: { plan, reason },
    events,
  } = run.recorded;
  const began = lastOf(events, 'execution-began');
  const before = began?.before ?? { findings: [], blindSpots: [] };
  const spots = newBlindSpots(before, after);
  if (spots.length > 0) return { state: 'waiting', says: `It could not be seen: ${spots.join(', ')}.` };
  const left = reason.finding === undefined ? undefined : remaining(reason.finding, plan, after);
  if (left !== undefined) return { state: 'waiting', says: `${named(left)} is still there.` };
  const [bad] = worse(plan, before, began?.time ?? '', after);
  if (bad !== undefined) {
    return { state: 'waiting', says: `${named(bad)} is there now and was not before.` };
  }
  return {
    state: 'succeeded',
    says:
      reason.finding === undefined ? 'Nothing got worse.' : `${named(reason.finding)} has gone, and nothing got worse.`,
  };
}

/** Whether nothing changes in the cluster by it before people have merged it. */
function waitsForMerge({ actions }: Plan): boolean {
  return actions.every(({ operations }) => operations.every(({ verb }) => verb === 'open-git-change'));
}

async function look(run: Run): Promise<Standing> {
  const standing = await standings(run);
  if (standing.state !== 'succeeded') return standing;
  const { plan, reason } = run.recorded.change;
  if (waitsForMerge(plan)) {
    const left = reason.finding === undefined ? '' : ` ${named(reason.finding)} stays until people have merged it.`;
    return { ...standing, says: `${standing.says}${left}` };
  }
  const judged = judge(run, await run.desk.diagnose(scopeToSee(plan, reason.finding), { signal: run.watchman.signal }));
  return { ...judged, says: judged.state === 'succeeded' ? `${standing.says} ${judged.says}` : judged.says };
}

type Look = Standing | { readonly state: 'blind'; readonly error: AutoDevOpsError };

/** A cluster that cannot be read for a moment says nothing about the change. */
async function tryToLook(run: Run): Promise<Look> {
  try {
    return await look(run);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.reaction !== 'retry' || run.watchman.signal.aborted) throw error;
    return { state: 'blind', error };
  }
}

async function notVerified(run: Run, says: string): Promise<void> {
  await record(run, [{ type: 'not-verified', time: timeOf(run.desk.clock), says: `It did not help: ${says}` }]);
}

/** A beginning that lies ahead was written before the clock was set back. */
function deadlineOf({ recorded: { change, events } }: Run, now: number): number {
  const began = Date.parse(lastOf(events, 'verification-began')?.time ?? '');
  return (began <= now ? began : now) + 1000 * Math.max(...change.plan.actions.map(({ patience }) => patience));
}

/**
 * Waits until what was wanted is so, the finding has gone and nothing got worse, and it has stayed so for a while; at
 * most as long as the plan's actions have patience. Without a sight of the cluster nothing is concluded.
 */
export async function verify(run: Run): Promise<void> {
  const { clock, pace } = run.desk;
  const deadline = deadlineOf(run, clock.now());
  for (let goodSince: number | undefined; run.recorded.change.state === 'verifying';) {
    await run.watchman.check();
    const looked = await tryToLook(run);
    // A clock that is set forwards is no time in which it stayed well.
    const earliest = clock.earliest();
    if (looked.state === 'failed') return await notVerified(run, looked.says);
    goodSince = looked.state === 'succeeded' ? (goodSince ?? earliest) : undefined;
    if (looked.state === 'succeeded' && earliest - (goodSince ?? earliest) >= pace.settle) {
      await record(run, [{ type: 'verified', time: timeOf(clock), says: looked.says }]);
      return;
    }
    if (goodSince === undefined && clock.now() >= deadline) {
      if (looked.state === 'blind') throw looked.error;
      return await notVerified(run, looked.says);
    }
    await clock.wait(pace.poll, run.watchman.signal);
    await readAgain(run);
  }
}
