import type { Because } from '@autodevops/domain/finding';
import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { conditionsOf, customNamed } from '../../reading/platform/custom-objects.ts';

/** What the controller of a deleted object says since then of what is not done: that a node is not drained yet, and why. */
export function conditionSince(snapshot: Snapshot, ref: ObjectRef, metadata: Metadata): Condition | undefined {
  const { kind, namespace, name } = ref;
  const object = customNamed(snapshot, { group: groupOf(ref.apiVersion), kind, namespace, name });
  if (object === undefined) return undefined;
  const deleted = Date.parse(metadata.deletionTimestamp ?? '');
  return conditionsOf(object).find(
    ({ status, message, lastTransitionTime = '' }) =>
      status === 'False' && message !== '' && Date.parse(lastTransitionTime) >= deleted,
  );
}

/** Budgets that a message names, which let no pod go. */
export function budgetsNamed(snapshot: Snapshot, message: string): readonly Because[] {
  const words = new Set(message.split(/[^a-zA-Z0-9.-]+/));
  return snapshot
    .list('PodDisruptionBudget')
    .filter(({ metadata }) => words.has(metadata.name))
    .map((budget) => ({ object: refTo('PodDisruptionBudget', budget), codes: ['pdb.'] }));
}
