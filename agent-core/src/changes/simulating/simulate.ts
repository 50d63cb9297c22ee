import type { Actor } from '@autodevops/domain/change/actor';
import { isOutside } from '@autodevops/domain/change/operation';
import type { ClusterOperation } from '@autodevops/domain/change/operation';
import type { ActionRequest, Plan, PlannedAction } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import type { ClusterObjects, ClusterView, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import type { Live, Standing } from '../../scarlet/action.ts';
import type { PlannedDraft } from '../../scarlet/plan-action.ts';
import { fieldDiffs } from './diff.ts';
import { clusterIdentity } from '../facts/cluster-identity.ts';
import { factsOf } from '../facts/facts.ts';
import type { BeforeAfter } from '../facts/before-after.ts';
import { labelEffects } from '../facts/label-effects.ts';
import type { Touch } from '../facts/touch.ts';
import { startRehearsal } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';
import { withSpentBudgets } from './spent-budgets.ts';
import { maskedText } from '../withheld/masked-text.ts';
import { secretPlaces } from '../withheld/secret-places.ts';
import { viewsOf, withheld } from '../withheld/withhold.ts';

/** What knows the actions: plans a request, and tells later whether it has become true. */
export interface Planner {
  plan(request: ActionRequest, live: Live, from?: Actor['kind']): Promise<PlannedDraft>;
  verify(request: ActionRequest, live: Live): Promise<Standing>;
}

/** What a plan is made from. */
export interface Ground {
  readonly cluster: ClusterObjects;
  readonly planner: Planner;
  readonly images?: Live['images'];
  readonly git?: Live['git'];
  readonly alerts?: Live['alerts'];
}

export interface Wish {
  readonly requests: readonly ActionRequest[];
  readonly from: Actor['kind'];
  readonly changeId: string;
  /**
   * What actions take for "now", in milliseconds. When a plan is made again it is the moment of the first one, so that
   * what is derived from it (a stamp, the name of a Job) is the same.
   */
  readonly moment: number;
  /** Now, in milliseconds. */
  readonly now: number;
  readonly as?: SendOptions['as'];
  readonly signal: AbortSignal;
}

/** What the server refuses for good: the request is wrong, not the moment. */
const refusals: readonly ErrorCode[] = [
  'cluster.invalid',
  'cluster.forbidden',
  'cluster.already-exists',
  'cluster.not-found',
];

/** How often a plan is made anew when the object changes under it. */
const attempts = 3;

function liveFrom({ cluster, images, git, alerts }: Ground, { moment, signal }: Wish, view: ClusterView): Live {
  return {
    cluster: view,
    before: cluster,
    now: moment,
    signal,
    ...(images === undefined ? {} : { images }),
    ...(git === undefined ? {} : { git }),
    ...(alerts === undefined ? {} : { alerts }),
  };
}

/** An apply that meets another owner of its fields meets it every time. What the server says may quote what it refuses. */
function refusedByServer(error: unknown, operation: ClusterOperation, changes: readonly BeforeAfter[]): never {
  if (
    !(error instanceof AutoDevOpsError) ||
    !(refusals.includes(error.code) || (operation.verb === 'apply' && error.code === 'cluster.conflict'))
  ) {
    throw error;
  }
  const said = maskedText(
    error.message,
    secretPlaces(operation, viewsOf(operation, changes)).map(({ value }) => value),
  );
  throw new AutoDevOpsError('change.refused', `The API server would refuse it. ${said}`, partsOf(error), {
    cause: error,
  });
}

async function rehearseAll(planned: PlannedAction, rehearsal: Rehearsal): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const operation of planned.operations) {
    const note = isOutside(operation)
      ? undefined
      : await rehearsal
          .rehearse(operation)
          .catch((error: unknown) => refusedByServer(error, operation, rehearsal.changes()));
    if (note !== undefined) notes.push(note);
  }
  return notes;
}

/** What is not known of one is not known of all, unless another says no. */
function allOf(said: readonly (boolean | 'unknown')[]): boolean | 'unknown' {
  return said.includes(false) ? false : said.includes('unknown') ? 'unknown' : true;
}

async function once(wish: Wish, ground: Ground): Promise<Plan> {
  const { signal, changeId, as } = wish;
  const rehearsal = startRehearsal(ground.cluster, { signal, changeId, ...(as === undefined ? {} : { as }) });
  const touches: Touch[] = [];
  const live = liveFrom(ground, wish, withSpentBudgets(rehearsal.view, touches));
  const actions: PlannedAction[] = [];
  const notes: string[] = [];
  const restores: (boolean | 'unknown')[] = [];
  for (const request of wish.requests) {
    const { planned, draft } = await ground.planner.plan(request, live, wish.from);
    const obstacles = await rehearseAll(planned, rehearsal);
    actions.push(planned);
    touches.push({
      operations: planned.operations,
      pods: draft.touches,
      atOnce: draft.atOnce ?? draft.touches.length,
      ...(draft.by === undefined ? {} : { by: draft.by }),
      ...(draft.reaches === undefined ? {} : { reaches: draft.reaches }),
    });
    notes.push(...draft.notes, ...obstacles);
    restores.push(draft.restores ?? false);
  }
  const changes = rehearsal.changes();
  notes.push(...(await labelEffects(changes, ground.cluster, signal)));
  const kept: PlannedAction[] = [];
  for (const action of actions) kept.push(await withheld(action, changes, { ...live, cluster: ground.cluster }));
  const facts = await factsOf(
    { actions: kept, touches, changes, notes, restores: allOf(restores), capturedAt: wish.now },
    ground.cluster,
    signal,
  );
  const cluster = await clusterIdentity(ground.cluster, signal);
  return {
    actions: kept,
    diff: changes.flatMap(({ object, before, after }) => fieldDiffs(object, before, after)),
    facts,
    ...(cluster === undefined ? {} : { cluster }),
  };
}

/**
 * Plans requests one on top of the other against the live cluster: what would be sent, the server's dry run of it, and
 * the facts to judge by. Values that look like secrets are not in it. Nothing is changed. Throws `change.invalid` for a
 * request that no action reads, `change.refused` when a precondition does not hold or the API server would refuse it,
 * `cluster.*` when the cluster cannot be read.
 */
export async function simulate(wish: Wish, ground: Ground): Promise<Plan> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(wish, ground);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code !== 'cluster.conflict' || attempt >= attempts) throw error;
    }
  }
}
