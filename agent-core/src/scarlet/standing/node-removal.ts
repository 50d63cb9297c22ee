import type { Node } from '@autodevops/domain/kubernetes/cluster';

/**
 * Taints by which something announces that it takes the node away: Cluster Autoscaler, Karpenter, and people who know
 * that the machine is off.
 */
const announcements: Readonly<Record<string, string>> = {
  ToBeDeletedByClusterAutoscaler: 'the Cluster Autoscaler',
  'karpenter.sh/disrupted': 'Karpenter',
  'node.kubernetes.io/out-of-service': 'somebody who marked it as out of service',
};

/** Who is taking the node away; undefined when nobody says so. */
export function removerOf(node: Node): string | undefined {
  return node.spec.taints
    .map((taint) => (Object.hasOwn(announcements, taint.key) ? announcements[taint.key] : undefined))
    .find((who) => who !== undefined);
}
