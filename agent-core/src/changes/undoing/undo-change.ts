import { z } from 'zod';
import type { Change } from '@autodevops/domain/change/change';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest, PlannedAction } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import type { Draft, Live, Standing } from '../../scarlet/action.ts';
import type { PlannedDraft } from '../../scarlet/plan-action.ts';
import { podsOf } from '../../scarlet/standing/pods-of.ts';
import { refuse } from '../../scarlet/refusal.ts';
import { rolloutStanding } from '../../scarlet/standing/rollout-standing.ts';
import { askedStanding, asksApplication, liveApplication } from '../../scarlet/targets/argo-application.ts';
import { isFinal } from '../journal/change-state.ts';
import type { Diagnose } from '../execution/findings.ts';
import { harmSince } from './harm-since.ts';
import { readChange } from '../journal/journal.ts';
import type { ChangeJournal, Recorded } from '../journal/journal.ts';
import { readyNow, reversals } from './reversal.ts';
import type { Reversal } from './reversal.ts';
import type { Planner } from '../simulating/simulate.ts';

/** What a request is called that takes back one action of a change that has ended. */
export const undoAction = 'undo-change';

const rolledOut: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** So much harm is told; one is enough. */
const mostHarm = 3;

const Params = z.strictObject({ change: z.string().min(1), action: z.int().min(0) });

interface Looking {
  readonly live: Live;
  readonly diagnose: Diagnose;
}

function wasDone({ steps }: Change, action: number): boolean {
  return steps.some(({ step, outcome }) => step.direction === 'forward' && step.action === action && outcome === 'done');
}

/** A release is returned by Helm's own action, and only as long as nobody has changed it since; a silence is ended by its mark. */
function undoRequest(change: Change, { request: { target }, undo }: PlannedAction, action: number): ActionRequest {
  const [operation] = undo.operations;
  if (operation?.verb === 'create-silence') return { action: 'alertmanager-silence-expire', target, params: { mark: operation.mark } };
  if (operation?.verb !== 'helm-rollback') return { action: undoAction, target, params: { change: change.id, action } };
  return { action: operation.verb, target: { ...target, uid: '' }, params: { toRevision: operation.revision, ifNewest: operation.newest } };
}

/** Requests that take a change back that has ended: a change of its own, decided anew, the last action first. */
export function undoRequests(change: Change): readonly ActionRequest[] {
  if (!isFinal(change.state)) return refuse(`${change.id} has not ended: it is ${change.state}.`, 'Let it be taken back where it is executed.');
  const done = change.plan.actions.flatMap((action, index) => (wasDone(change, index) && change.state !== 'undone' ? [undoRequest(change, action, index)] : []));
  return done.length === 0 ? refuse(`Nothing is left of ${change.id} that could be taken back.`, 'Nothing is to be done.') : done.toReversed();
}

async function pastAction(request: ActionRequest, journal: ChangeJournal): Promise<{ readonly recorded: Recorded; readonly past: PlannedAction }> {
  const params = Params.safeParse(request.params);
  if (!params.success) return refuse(`The request for ${undoAction} is not right.`, 'Name a change and one of its actions.');
  const recorded = await readChange(journal, params.data.change);
  const past = recorded.change.plan.actions[params.data.action];
  if (past === undefined || !wasDone(recorded.change, params.data.action)) return refuse(`${recorded.change.id} did no such thing.`, 'Look at what it did.');
  return { recorded, past };
}

/** All of it is done again, or nothing: half of an action is none. */
function undoOf(reversed: readonly Reversal[], done: string): Draft['undo'] {
  const backs = reversed.flatMap(({ back }) => (back === undefined ? [] : [back])).toReversed();
  return backs.length === reversed.length ? { operations: backs, why: `Does it again: ${done}` } : { operations: [], why: 'What is deleted then cannot be brought back; made anew it would run once more.' };
}

/** What a changed workload takes away at the same time is told by how it is and would be; of anything else all pods count. */
function goAtOnce(operation: ClusterOperation, live: Manifest, pods: readonly Manifest[]): number {
  const rolls = (operation.verb === 'patch' || operation.verb === 'apply') && rolledOut.includes(live.kind);
  return rolls ? 0 : pods.length;
}

async function touchesOf(reversed: readonly Reversal[], live: Live): Promise<Required<Pick<Draft, 'touches' | 'atOnce'>>> {
  const each = await Promise.all(reversed.map(async ({ operation, live: object }) => {
    const pods = object === undefined ? [] : await podsOf(object, live);
    return { pods, atOnce: object === undefined ? 0 : goAtOnce(operation, object, pods) };
  }));
  return { touches: each.flatMap(({ pods }) => pods), atOnce: each.reduce((sum, { atOnce }) => sum + atOnce, 0) };
}

function harmText(harm: readonly Cause[] | undefined, id: string): readonly string[] {
  return (harm ?? []).slice(0, mostHarm).map(({ code, object }) => `Since ${id} there is ${code} on ${refText(object)}, which was not there before.`);
}

async function draftOf(past: PlannedAction, recorded: Recorded, { live, diagnose }: Looking): Promise<Draft> {
  const { done } = past.sentences;
  const { change } = recorded;
  if (past.undo.operations.length === 0) return refuse(`This cannot be taken back: ${done} ${past.undo.why}`, 'Choose an action that repairs it.');
  const reversed = await reversals(past, recorded, live);
  if (reversed.length === 0) return refuse(`This is taken back already: ${done}`, 'Nothing is to be done.');
  const harm = await harmSince(recorded, diagnose, live.signal);
  const restores = harm === undefined ? 'unknown' : harm.length > 0;
  return {
    ...(await touchesOf(reversed, live)),
    sentences: { will: `Take back: ${done}`, doing: `Taking back: ${done}`, done: `Taken back: ${done}` },
    operations: reversed.map(({ operation }) => operation),
    undo: undoOf(reversed, done),
    restores,
    notes: [`${change.id} did it, and ended as ${change.state}.`, ...harmText(harm, change.id)],
    // Who goes back from what made something ill to what was there before risks less than who made it.
    risk: restores === true && past.risk === 'high' ? 'medium' : past.risk,
  };
}

async function plan(request: ActionRequest, looking: Looking, journal: ChangeJournal): Promise<PlannedDraft> {
  const { recorded, past } = await pastAction(request, journal);
  const draft = await draftOf(past, recorded, looking);
  const planned: PlannedAction = {
    request: { ...request, target: past.request.target }, risk: draft.risk ?? past.risk, sentences: draft.sentences, operations: [...draft.operations],
    undo: { operations: [...draft.undo.operations], why: draft.undo.why }, patience: past.patience,
  };
  return { planned, draft };
}

async function verify(request: ActionRequest, live: Live, journal: ChangeJournal): Promise<Standing> {
  const { recorded, past } = await pastAction(request, journal);
  if (past.undo.operations.length > 0 && past.undo.operations.every(asksApplication)) return askedStanding(await liveApplication(past.request.target, live), 'as it was before');
  for (const operation of past.undo.operations) {
    const { ready } = await readyNow(operation, past, recorded, live);
    if (ready.kind !== 'done') return { state: ready.kind === 'stop' ? 'failed' : 'waiting', says: ready.kind === 'stop' ? ready.says : `Not yet taken back: ${past.sentences.done}` };
  }
  const object = rolledOut.includes(request.target.kind) ? await live.cluster.get(request.target, { signal: live.signal }) : undefined;
  return object === undefined ? { state: 'succeeded', says: `${refText(request.target)} is as it was before.` } : rolloutStanding(object);
}

/** Plans what takes ended changes back beside what the given planner knows; `diagnose` tells whether they did harm. */
export function withUndo(planner: Planner, journal: ChangeJournal, diagnose: Diagnose): Planner {
  return {
    plan: async (request, live, from) => (request.action === undoAction ? await plan(request, { live, diagnose }, journal) : await planner.plan(request, live, from)),
    verify: async (request, live) => (request.action === undoAction ? await verify(request, live, journal) : await planner.verify(request, live)),
  };
}
