import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { servesPort } from '../../reading/network/neighbour-words.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';

function unreadyBeside(snapshot: Snapshot, pod: Pod): readonly Pod[] {
  const { nodeName = '' } = pod.spec;
  return nodeName === ''
    ? []
    : podsOnNode(snapshot, nodeName).filter(
        (other) => other.metadata.uid !== pod.metadata.uid && !isFinished(other) && !isReady(other),
      );
}

function serves(pod: Pod, port: number): boolean {
  return pod.spec.containers.some((container) => servesPort(container, port));
}

/** In the network of the node, localhost is the node: who is to listen there may be another pod, as etcd is for its API server. */
export function nodeNeighbours(
  snapshot: Snapshot,
  pod: Pod,
  { dependency: { kind, port } }: MissedDependency,
): readonly Because[] {
  if (kind !== 'in-pod' || port === undefined || pod.spec.hostNetwork !== true) return [];
  return unreadyBeside(snapshot, pod)
    .filter((other) => other.spec.hostNetwork === true && serves(other, port))
    .map((other) => ({ object: refTo('Pod', other) }));
}
