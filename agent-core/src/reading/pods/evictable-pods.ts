import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished } from './pod-status.ts';
import { podsOnNode } from './pods-on-nodes.ts';

/** A DaemonSet's, or one that the kubelet reads from its own disk. */
function belongsToNode({ metadata }: Pod): boolean {
  return metadata.ownerReferences.some(
    ({ kind, controller }) => kind === 'Node' || (kind === 'DaemonSet' && controller === true),
  );
}

/** Pods on a node that a drain would evict: those that run and do not belong to the node itself. */
export function evictablePods(snapshot: Snapshot, node: string): readonly Pod[] {
  return podsOnNode(snapshot, node).filter((pod) => !isFinished(pod) && !belongsToNode(pod));
}
