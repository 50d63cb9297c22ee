import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ageOf } from '../../reading/recency.ts';

/** How long a start may take, in milliseconds. */
export const patience = 3 * 60_000;

/** A condition that is false for longer than a start takes. */
export function lasting(snapshot: Snapshot, condition: Condition | undefined, time = patience): condition is Condition {
  return condition?.status === 'False' && (ageOf(snapshot, condition.lastTransitionTime) ?? time) >= time;
}
