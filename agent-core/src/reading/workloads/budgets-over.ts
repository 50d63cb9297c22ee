import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesSelector } from '../selector.ts';

/** A disruption budget that guards some of the pods, and how many evictions it allows now; undefined: it does not say. */
export interface BudgetOver {
  readonly ref: ObjectRef;
  readonly allowed: number | undefined;
}

/** The disruption budgets that guard any of the pods. */
export function budgetsOver(snapshot: Snapshot, pods: readonly Pod[]): readonly BudgetOver[] {
  return snapshot
    .list('PodDisruptionBudget')
    .filter(
      ({ metadata: { namespace }, spec: { selector } }) =>
        selector !== undefined &&
        pods.some(({ metadata }) => metadata.namespace === namespace && matchesSelector(selector, metadata.labels)),
    )
    .map((budget) => ({ ref: refTo('PodDisruptionBudget', budget), allowed: budget.status.disruptionsAllowed }));
}
