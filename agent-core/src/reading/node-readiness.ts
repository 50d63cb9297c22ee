import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ageOf } from './recency.ts';

/** A node that registers needs a moment for its network and its first image list. */
const joining = 2 * 60_000;

export function readyCondition(node: Node): Condition | undefined {
  return node.status.conditions.find((c) => c.type === 'Ready');
}

/** Says of itself, or has said of it, that it is not ready. A node without any Ready condition is not known. */
export function isUnready(node: Node): boolean {
  const ready = readyCondition(node);
  return ready !== undefined && ready.status !== 'True';
}

/** Not ready because it joined moments ago. */
export function isJoining(snapshot: Snapshot, node: Node): boolean {
  const age = ageOf(snapshot, node.metadata.creationTimestamp);
  return isUnready(node) && age !== undefined && age < joining;
}
