import { z } from 'zod';
import type { Change } from '@autodevops/domain/change/change';
import type { ActionRequest, PlannedAction } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Draft, Live, Standing } from '../../scarlet/action.ts';
import { standingOrFailed } from '../../scarlet/plan-action.ts';
import type { PlannedDraft } from '../../scarlet/plan-action.ts';
import { malformed, refuse } from '../../scarlet/refusal.ts';
import { rolloutStanding } from '../../scarlet/standing/rollout-standing.ts';
import { liveApplication } from '../../scarlet/targets/argo-application.ts';
import { deploymentStanding, revisionAskedFor } from '../../scarlet/targets/argo-deployment.ts';
import { isOfFlux, isSuspended, readyStanding } from '../../scarlet/targets/flux-object.ts';
import { askAgain, isAsked } from './asked-again.ts';
import { reachOfUndo, rolledOut } from './reach-of-undo.ts';
import { otherCluster } from '../facts/cluster-identity.ts';
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

/** So much harm is told; one is enough. */
const mostHarm = 3;

const Params = z.strictObject({ change: z.string().min(1), action: z.int().min(0) });

interface Looking {
  readonly live: Live;
  readonly diagnose: Diagnose;
}

function wasDone({ steps }: Change, action: number): boolean {
  return steps.some(
    ({ step, outcome }) => step.direction === 'forward' && step.action === action && outcome === 'done',
  );
}

/** A release is returned by Helm's own action, and only as long as nobody has changed it since; a silence is ended by its mark. */
function undoRequest(change: Change, { request: { target }, undo }: PlannedAction, action: number): ActionRequest {
  const [operation] = undo.operations;
  if (operation?.verb === 'create-silence') {
    return { action: 'alertmanager-silence-expire', target, params: { mark: operation.mark } };
  }
  if (operation?.verb !== 'helm-rollback') return { action: undoAction, target, params: { change: change.id, action } };
  return {
    action: operation.verb,
    target: { ...target, uid: '' },
    params: { toRevision: operation.revision, ifNewest: operation.newest },
  };
}

/** Requests that take a change back that has ended: a change of its own, decided anew, the last action first. */
export function undoRequests(change: Change): readonly ActionRequest[] {
  if (!isFinal(change.state)) {
    return refuse(`${change.id} has not ended: it is ${change.state}.`, 'Let it be taken back where it is executed.');
  }
  const done = change.plan.actions.flatMap((action, index) =>
    wasDone(change, index) && change.state !== 'undone' ? [undoRequest(change, action, index)] : [],
  );
  return done.length === 0
    ? refuse(`Nothing is left of ${change.id} that could be taken back.`, 'Nothing is to be done.')
    : done.toReversed();
}

async function pastAction(
  request: ActionRequest,
  journal: ChangeJournal,
): Promise<{ readonly recorded: Recorded; readonly past: PlannedAction }> {
  const params = Params.safeParse(request.params);
  if (!params.success) {
    return malformed(`The request for ${undoAction} is not right.`, 'Name a change and one of its actions.');
  }
  const recorded = await readChange(journal, params.data.change);
  const past = recorded.change.plan.actions[params.data.action];
  if (past === undefined || !wasDone(recorded.change, params.data.action)) {
    return refuse(`${recorded.change.id} did no such thing.`, 'Look at what it did.');
  }
  return { recorded, past };
}

/** All of it is done again, or nothing: half of an action is none. */
function undoOf(reversed: readonly Reversal[], done: string): Draft['undo'] {
  const backs = reversed.flatMap(({ back }) => (back === undefined ? [] : [back])).toReversed();
  return backs.length === reversed.length
    ? { operations: backs, why: `Does it again: ${done}` }
    : { operations: [], why: 'What is deleted then cannot be brought back; made anew it would run once more.' };
}

function harmText(harm: readonly Cause[] | undefined, id: string): readonly string[] {
  return (harm ?? [])
    .slice(0, mostHarm)
    .map(({ code, object }) => `Since ${id} there is ${code} on ${refText(object)}, which was not there before.`);
}

async function wayBack(
  past: PlannedAction,
  recorded: Recorded,
  live: Live,
): Promise<Pick<Draft, 'operations' | 'undo' | 'touches' | 'atOnce' | 'reaches'>> {
  const {
    sentences: { done },
    request: { target },
  } = past;
  if (isAsked(past)) return await askAgain(past, live);
  const reversed = await reversals(past, recorded, live);
  if (reversed.length === 0) return refuse(`This is taken back already: ${done}`, 'Nothing is to be done.');
  return {
    operations: reversed.map(({ operation }) => operation),
    undo: undoOf(reversed, done),
    ...(await reachOfUndo(reversed, target, live)),
  };
}

async function draftOf(past: PlannedAction, recorded: Recorded, { live, diagnose }: Looking): Promise<Draft> {
  const { done } = past.sentences;
  const { change } = recorded;
  if (past.undo.operations.length === 0) {
    return refuse(`This cannot be taken back: ${done} ${past.undo.why}`, 'Choose an action that repairs it.');
  }
  const way = await wayBack(past, recorded, live);
  const harm = await harmSince(recorded, diagnose, live.signal);
  const restores = harm === undefined ? 'unknown' : harm.length > 0;
  return {
    ...way,
    sentences: { will: `Take back: ${done}`, doing: `Taking back: ${done}`, done: `Taken back: ${done}` },
    restores,
    notes: [`${change.id} did it, and ended as ${change.state}.`, ...harmText(harm, change.id)],
    // Who goes back from what made something ill to what was there before risks less than who made it.
    risk: restores === true && past.risk === 'high' ? 'medium' : past.risk,
  };
}

async function plan(request: ActionRequest, looking: Looking, journal: ChangeJournal): Promise<PlannedDraft> {
  const { recorded, past } = await pastAction(request, journal);
  const { live } = looking;
  const elsewhere = await otherCluster(recorded.change.plan, live.before ?? live.cluster, live.signal);
  if (elsewhere !== undefined) refuse(`${recorded.change.id}: ${elsewhere}`, 'Take it back where it was done.');
  const draft = await draftOf(past, recorded, looking);
  const planned: PlannedAction = {
    request: { ...request, target: past.request.target },
    risk: draft.risk ?? past.risk,
    sentences: draft.sentences,
    operations: [...draft.operations],
    undo: { operations: [...draft.undo.operations], why: draft.undo.why },
    patience: past.patience,
  };
  return { planned, draft };
}

/** How what was taken back stands, once the object is as it was. */
async function standingOf(target: ObjectRef, live: Live): Promise<Standing> {
  const asBefore: Standing = { state: 'succeeded', says: `${refText(target)} is as it was before.` };
  if (!rolledOut.includes(target.kind) && !isOfFlux(target)) return asBefore;
  const object = await live.cluster.get(target, { signal: live.signal });
  if (object === undefined) return asBefore;
  if (isOfFlux(target)) return isSuspended(object) ? asBefore : readyStanding(object);
  return rolloutStanding(object);
}

async function verify(request: ActionRequest, live: Live, journal: ChangeJournal): Promise<Standing> {
  const { recorded, past } = await pastAction(request, journal);
  const { target } = past.request;
  if (isAsked(past)) {
    return deploymentStanding(
      await liveApplication(target, live),
      revisionAskedFor(past.undo.operations),
      'as it was before',
    );
  }
  for (const operation of past.undo.operations) {
    const { ready } = await readyNow(operation, past, recorded, live);
    if (ready.kind !== 'done') {
      return {
        state: ready.kind === 'stop' ? 'failed' : 'waiting',
        says: ready.kind === 'stop' ? ready.says : `Not yet taken back: ${past.sentences.done}`,
      };
    }
  }
  return await standingOf(target, live);
}

/** Plans what takes ended changes back beside what the given planner knows; `diagnose` tells whether they did harm. */
export function withUndo(planner: Planner, journal: ChangeJournal, diagnose: Diagnose): Planner {
  return {
    plan: async (request, live, from) =>
      request.action === undoAction
        ? await plan(request, { live, diagnose }, journal)
        : await planner.plan(request, live, from),
    verify: async (request, live) =>
      request.action === undoAction
        ? await standingOrFailed(async () => await verify(request, live, journal))
        : await planner.verify(request, live),
  };
}
