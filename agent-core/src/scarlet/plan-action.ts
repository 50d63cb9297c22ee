import type { Actor } from '@autodevops/domain/change/actor';
import type { ActionRequest, PlannedAction, Risk } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import { partsOf, remedy } from '@autodevops/domain/remedy/remedy';
import { readActionRequest } from './action-request.ts';
import { boundTarget } from './targets/action-target.ts';
import type { Action, Draft, Live, Standing } from './action.ts';
import { refuse } from './refusal.ts';

const risks: readonly Risk[] = ['low', 'medium', 'high'];

function riskier(a: Risk, b: Risk): Risk {
  return risks.indexOf(a) >= risks.indexOf(b) ? a : b;
}

/** A request planned against the live cluster, with the draft that facts are computed from. */
export interface PlannedDraft {
  /** Its request is bound: the target has the uid that the object has now. */
  readonly planned: PlannedAction;
  readonly draft: Draft;
}

/** What an action refuses is no rule of a policy: it says so, because no policy lifts it. */
async function asPrecondition<T>(action: Action, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'change.refused') throw error;
    throw new AutoDevOpsError(
      'change.refused',
      error.message,
      remedy`${partsOf(error)} This is a precondition of ${action.name}: no policy lifts it.`,
      { cause: error },
    );
  }
}

/** Plans a request. Throws `change.invalid` when it is not right, `change.refused` when a precondition does not hold, `cluster.*` when the cluster cannot be read. */
export async function planAction(request: ActionRequest, live: Live, from?: Actor['kind']): Promise<PlannedDraft> {
  const { action, target, params } = readActionRequest(request);
  const bound = await asPrecondition(action, async () => await boundTarget(action, target, live));
  const draft = await asPrecondition(
    action,
    async () => await action.plan({ target: bound, params, ...(from === undefined ? {} : { from }) }, live),
  );
  if (draft.operations.length === 0) {
    return refuse(`${action.name} has nothing to do: ${refText(bound)} is so already.`, 'Nothing is to be done.');
  }
  const planned: PlannedAction = {
    request: { ...request, target: bound },
    risk: riskier(action.risk, draft.risk ?? 'low'),
    sentences: draft.sentences,
    operations: [...draft.operations],
    undo: { operations: [...draft.undo.operations], why: draft.undo.why },
    patience: action.patience,
  };
  return { planned, draft };
}

/** How something stands; what makes it impossible (the target is gone, say) is a failure. */
export async function standingOrFailed(look: () => Promise<Standing>): Promise<Standing> {
  try {
    return await look();
  } catch (error) {
    if (isUnplannable(error)) return { state: 'failed', says: error.message };
    throw error;
  }
}

/** Whether a planned action has become true. What makes it impossible (the target is gone, say) is `failed`, never thrown. */
export async function verifyAction(request: ActionRequest, live: Live): Promise<Standing> {
  return await standingOrFailed(async () => {
    const { action, target, params } = readActionRequest(request);
    return await action.verify({ target, params }, live);
  });
}
