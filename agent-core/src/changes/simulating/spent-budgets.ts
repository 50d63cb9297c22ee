import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { matchesSelector } from '../../reading/selector.ts';
import { isServing } from '../../scarlet/standing/disruption-budgets.ts';
import type { Touch } from '../facts/touch.ts';

/** How many of a budget's pods an action takes away at the same time. Pods that do not serve take up no disruption. */
function takenBy({ pods, atOnce }: Touch, budget: Manifest): number {
  const {
    metadata,
    spec: { selector },
  } = kinds.PodDisruptionBudget.shape.read(budget);
  if (selector === undefined) return 0;
  const covered = pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      isServing(pod) &&
      matchesSelector(selector, kinds.Pod.shape.read(pod).metadata.labels),
  );
  return Math.min(covered.length, atOnce);
}

function lessened(budget: Manifest, touches: readonly Touch[]): Manifest {
  const taken = touches.reduce((sum, touch) => sum + takenBy(touch, budget), 0);
  if (taken === 0) return budget;
  const { status } = kinds.PodDisruptionBudget.shape.read(budget);
  const less = (count: number | undefined): number => Math.max(0, (count ?? 0) - taken);
  return {
    ...budget,
    status: {
      ...(budget['status'] as object | undefined),
      disruptionsAllowed: less(status.disruptionsAllowed),
      currentHealthy: less(status.currentHealthy),
    },
  };
}

/**
 * The cluster as it is seen by the next action of a plan: what the actions before it take away is spent of the budgets
 * that cover it. Otherwise two pods could go in one plan of which a budget lets one go. `touches` may grow meanwhile.
 */
export function withSpentBudgets(view: ClusterView, touches: readonly Touch[]): ClusterView {
  return {
    ...view,
    list: async (request, bounded) => {
      const found = await view.list(request, bounded);
      return request.kind === 'PodDisruptionBudget' ? found.map((budget) => lessened(budget, touches)) : found;
    },
  };
}
