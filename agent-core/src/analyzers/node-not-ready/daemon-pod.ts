import type { Pod } from '@autodevops/domain/kubernetes/pod';

/** Whether a pod belongs to its node and stays there when the node is drained. */
export function isOfDaemon(pod: Pod): boolean {
  return pod.metadata.ownerReferences.some((o) => o.kind === 'DaemonSet' || o.kind === 'Node');
}
