import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { leaseSilence } from '../../reading/platform/lease-clock.ts';
import { readyCondition } from '../../reading/platform/node-readiness.ts';
import { leaseStale } from './codes.ts';

/** When the kubelet of a node renewed its lease last. */
export function leaseEvidence(snapshot: Snapshot, node: Node): Finding['evidence'] {
  const lease = snapshot.get('Lease', 'kube-node-lease', node.metadata.name);
  const renewed = lease?.spec.renewTime;
  return lease === undefined || renewed === undefined
    ? []
    : [fromStatus(refTo('Lease', lease), 'spec.renewTime', `renewTime: ${renewed}`, renewed)];
}

/** A node that counts as ready while its kubelet does not renew its lease. */
export function checkLease(snapshot: Snapshot, node: Node): Finding[] {
  const lease = snapshot.get('Lease', 'kube-node-lease', node.metadata.name);
  const ready = readyCondition(node);
  const behind = leaseSilence(snapshot, lease);
  if (lease === undefined || behind === undefined || ready?.status !== 'True') return [];
  const cause = `Node "${node.metadata.name}" counts as ready, but its kubelet renewed its lease ${formatDuration(behind)} before the newest lease in the cluster.`;
  const evidence = [...leaseEvidence(snapshot, node), fromCondition(refTo('Node', node), ready)];
  return [
    finding(leaseStale, {
      object: refTo('Node', node),
      cause,
      confidence: 'medium',
      since: lease.spec.renewTime ?? '',
      evidence,
    }),
  ];
}
