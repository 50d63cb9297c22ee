import type { Change } from '@autodevops/domain/change/change';
import type { Plan } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import { otherCluster } from '../facts/cluster-identity.ts';
import { simulate } from './simulate.ts';
import type { Ground } from './simulate.ts';
import { decisionDifferences, planDifferences } from './stale.ts';
import type { Surroundings } from '../surroundings.ts';

export interface Rechecking extends Surroundings {
  readonly ground: Ground;
}

async function planAgain(
  { id, plan, requester, approvals }: Change,
  { clock, ground, identity }: Rechecking,
  signal: AbortSignal,
): Promise<Plan | readonly string[]> {
  const as = await identity?.({ requester, approvals });
  const wish = {
    requests: plan.actions.map(({ request }) => request),
    from: requester.kind,
    changeId: id,
    moment: Date.parse(plan.facts.capturedAt),
    now: clock.now(),
    signal,
    ...(as === undefined ? {} : { as }),
  };
  try {
    return await simulate(wish, ground);
  } catch (error) {
    if (isUnplannable(error)) return [error.message];
    throw error;
  }
}

/**
 * Plans, rehearses and decides once more, and says what is no longer as it was agreed to; empty when all of it is.
 * Throws `cluster.*` when the cluster cannot be read.
 */
export async function differencesSince(
  change: Change,
  surroundings: Rechecking,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const elsewhere = await otherCluster(change.plan, surroundings.ground.cluster, signal);
  if (elsewhere !== undefined) return [elsewhere];
  const plan = await planAgain(change, surroundings, signal);
  if (!('actions' in plan)) return plan;
  const differences = planDifferences(change.plan, plan);
  if (differences.length > 0 || change.decision === undefined) return differences;
  const { requester, reason } = change;
  return decisionDifferences(
    change.decision,
    await surroundings.decide({ actions: plan.actions, facts: plan.facts, requester, reason }, change.id),
  );
}
