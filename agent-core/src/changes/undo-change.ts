import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Change } from '@autodevops/domain/change/change';
import { isOutside, madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, Operation } from '@autodevops/domain/change/operation';
import type { ActionRequest, PlannedAction } from '@autodevops/domain/change/plan';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Live, Standing } from '../scarlet/action.ts';
import { formerApply } from '../scarlet/former-apply.ts';
import type { PlannedDraft } from '../scarlet/plan-action.ts';
import { podsOf } from '../scarlet/pods-of.ts';
import { refuse } from '../scarlet/refusal.ts';
import { reversePatch } from '../scarlet/reverse-patch.ts';
import { rolloutStanding } from '../scarlet/rollout-standing.ts';
import { isFinal } from './change-state.ts';
import { objectNameOf } from './facts/touch.ts';
import { readChange } from './journal.ts';
import type { ChangeJournal, Recorded } from './journal.ts';
import { readinessOf } from './execution/readiness.ts';
import type { Readiness } from './execution/readiness.ts';
import type { Planner } from './simulate.ts';
import { revealed } from './withheld/revealed.ts';

/** What a request is called that takes back one action of a change that has ended. */
export const undoAction = 'undo-change';

const Params = z.strictObject({ change: z.string().min(1), action: z.int().min(0) });

/** An operation that is still to be sent, with what takes it back in turn: undefined where nothing does. */
interface Reversal {
  readonly operation: ClusterOperation;
  readonly back: ClusterOperation | undefined;
  readonly live: Manifest | undefined;
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

/** As it was made, without what the server adds. */
function anew({ status: _status, ...object }: Manifest): Manifest {
  const { name, namespace, labels, annotations } = object.metadata;
  return { ...object, metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) } };
}

/** The manifest that the action applied to this object; undefined where it did no such thing. */
function appliedBy({ operations }: PlannedAction, name: ObjectName): Manifest | undefined {
  return operations.flatMap((operation) => (operation.verb === 'apply' && refKey(objectNameOf(operation)) === refKey(name) ? [operation.object] : [])).at(-1);
}

/** What does it again. A Job that was made anew would run once more. */
function backOf(operation: ClusterOperation, live: Manifest | undefined, past: PlannedAction): ClusterOperation | undefined {
  if (operation.verb === 'patch' && live !== undefined) return reversePatch(operation, live);
  const manifest = operation.verb === 'apply' && live !== undefined ? appliedBy(past, objectNameOf(operation)) : undefined;
  if (manifest !== undefined && live !== undefined) return formerApply(manifest, live);
  if (operation.verb === 'create' || operation.verb === 'apply') {
    return { verb: 'delete', target: { ...objectNameOf(operation), uid: madeByThisChange, resourceVersion: madeByThisChange }, propagation: 'Background' };
  }
  return live === undefined || live.kind === 'Job' ? undefined : { verb: 'create', object: anew(live) };
}

function asCluster(operation: Operation): ClusterOperation {
  return isOutside(operation) ? refuse('What was done outside of the cluster is not taken back from here.', 'Close the Git change where it is reviewed; make the silence anew in Alertmanager.') : operation;
}

function same(a: Manifest, b: Manifest): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether an apply is taken back: every field that this sets has its value, and those that it gives up are gone. */
function isFormer(operation: ClusterOperation, object: Manifest | undefined, past: PlannedAction): boolean {
  if (operation.verb !== 'apply' || object === undefined) return false;
  const wanted = operation.object;
  const left = formerApply(appliedBy(past, objectNameOf(operation)) ?? wanted, object).object;
  return same(formerApply(wanted, object).object, wanted) && same(formerApply(wanted, left).object, left);
}

async function readyNow(undo: Operation, past: PlannedAction, { change, events }: Recorded, live: Live): Promise<{ readonly ready: Readiness; readonly object: Manifest | undefined }> {
  const whole = await revealed(asCluster(undo), async (name, bounded) => await live.cluster.get(name, bounded), live.signal);
  if ('says' in whole) return refuse(whole.says, 'Change it by an action of its own.');
  const { operation } = whole;
  const object = await live.cluster.get(objectNameOf(operation), { signal: live.signal });
  if (isFormer(operation, object, past)) return { ready: { kind: 'done', says: `${refText(objectNameOf(operation))} is as it was before.` }, object };
  return { ready: readinessOf(operation, object, { direction: 'back', changeId: change.id, events }), object };
}

async function reversals(past: PlannedAction, recorded: Recorded, live: Live): Promise<readonly Reversal[]> {
  const found: Reversal[] = [];
  for (const operation of past.undo.operations) {
    const { ready, object } = await readyNow(operation, past, recorded, live);
    if (ready.kind === 'stop') return refuse(ready.says, 'Look at what was changed since, and change it by an action of its own.');
    if (ready.kind === 'ready') found.push({ operation: ready.operation, back: backOf(ready.operation, object, past), live: object });
  }
  return found;
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

async function draftOf(past: PlannedAction, recorded: Recorded, live: Live): Promise<Draft> {
  const { done } = past.sentences;
  if (past.undo.operations.length === 0) return refuse(`This cannot be taken back: ${done} ${past.undo.why}`, 'Choose an action that repairs it.');
  const reversed = await reversals(past, recorded, live);
  if (reversed.length === 0) return refuse(`This is taken back already: ${done}`, 'Nothing is to be done.');
  const pods = await Promise.all(reversed.map(async (one) => (one.live === undefined ? [] : await podsOf(one.live, live))));
  return {
    sentences: { will: `Take back: ${done}`, doing: `Taking back: ${done}`, done: `Taken back: ${done}` },
    operations: reversed.map(({ operation }) => operation),
    undo: undoOf(reversed, done),
    touches: pods.flat(),
    notes: [`${recorded.change.id} did it, and ended as ${recorded.change.state}.`],
    risk: past.risk,
  };
}

async function plan(request: ActionRequest, live: Live, journal: ChangeJournal): Promise<PlannedDraft> {
  const { recorded, past } = await pastAction(request, journal);
  const draft = await draftOf(past, recorded, live);
  const planned: PlannedAction = {
    request: { ...request, target: past.request.target }, risk: past.risk, sentences: draft.sentences, operations: [...draft.operations],
    undo: { operations: [...draft.undo.operations], why: draft.undo.why }, patience: past.patience,
  };
  return { planned, draft };
}

const rolledOut: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

async function verify(request: ActionRequest, live: Live, journal: ChangeJournal): Promise<Standing> {
  const { recorded, past } = await pastAction(request, journal);
  for (const operation of past.undo.operations) {
    const { ready } = await readyNow(operation, past, recorded, live);
    if (ready.kind !== 'done') return { state: ready.kind === 'stop' ? 'failed' : 'waiting', says: ready.kind === 'stop' ? ready.says : `Not yet taken back: ${past.sentences.done}` };
  }
  const object = rolledOut.includes(request.target.kind) ? await live.cluster.get(request.target, { signal: live.signal }) : undefined;
  return object === undefined ? { state: 'succeeded', says: `${refText(request.target)} is as it was before.` } : rolloutStanding(object);
}

/** Plans what takes ended changes back beside what the given planner knows. */
export function withUndo(planner: Planner, journal: ChangeJournal): Planner {
  return {
    plan: async (request, live, from) => (request.action === undoAction ? await plan(request, live, journal) : await planner.plan(request, live, from)),
    verify: async (request, live) => (request.action === undoAction ? await verify(request, live, journal) : await planner.verify(request, live)),
  };
}
