import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refTo } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { isRecent } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { cordoned, evicting, full } from './codes.ts';

function checkCordoned(node: Node): Finding[] {
  if (node.spec.unschedulable !== true) return [];
  const ref = refTo('Node', node);
  const since = node.spec.taints.find((t) => t.key === 'node.kubernetes.io/unschedulable')?.timeAdded ?? '';
  return [
    finding(cordoned, {
      object: ref,
      standing: 'expected',
      cause: `Node "${node.metadata.name}" is cordoned: nothing new starts on it.`,
      since,
      evidence: [fromSpec(ref, 'spec.unschedulable', 'unschedulable: true')],
      changes: [{ action: 'uncordon', target: ref, params: {}, risk: 'low' }],
    }),
  ];
}

function checkFull(snapshot: Snapshot, node: Node): Finding[] {
  const most = parseQuantity(node.status.allocatable['pods']);
  if (most === undefined || most < 1) return [];
  const held = podsOnNode(snapshot, node.metadata.name).filter((pod) => !isFinished(pod)).length;
  if (held < most) return [];
  const ref = refTo('Node', node);
  const cause = `Node "${node.metadata.name}" holds ${held} pods, and may hold ${most}.`;
  return [
    finding(full, {
      object: ref,
      standing: 'expected',
      cause,
      evidence: [fromStatus(ref, 'status.allocatable.pods', `pods: ${most}`)],
    }),
  ];
}

/** Events TaintManagerEviction are about pods; the host in them is the controller's, so the pod tells the node. */
function evictions(snapshot: Snapshot): ReadonlyMap<string, readonly ClusterEvent[]> {
  const recent = snapshot
    .list('Event')
    .filter((e) => e.reason === 'TaintManagerEviction' && isRecent(snapshot, e.last) && !/cancel/i.test(e.message));
  return Map.groupBy(recent, (e) => snapshot.get('Pod', e.object.namespace, e.object.name)?.spec.nodeName ?? '');
}

function checkTaints(snapshot: Snapshot, node: Node, byNode: ReadonlyMap<string, readonly ClusterEvent[]>): Finding[] {
  const at = node.spec.taints.findIndex(
    (t) =>
      t.effect === 'NoExecute' &&
      !t.key.startsWith('node.kubernetes.io/') &&
      !t.key.startsWith('node.cloudprovider.kubernetes.io/'),
  );
  const taint = node.spec.taints[at];
  const events = byNode.get(node.metadata.name) ?? [];
  if (taint === undefined) return [];
  // Pods that were evicted are gone from the snapshot: then only their events are left, under no node.
  const gone = byNode.get('') ?? [];
  const event = events.at(-1) ?? (isRecent(snapshot, taint.timeAdded) ? gone.at(-1) : undefined);
  if (event === undefined) return [];
  const text = `${taint.key}${(taint.value ?? '') === '' ? '' : `=${taint.value}`}:NoExecute`;
  const ref = refTo('Node', node);
  return [
    finding(evicting, {
      object: ref,
      cause: `Node "${node.metadata.name}" carries the taint ${text}, which evicts the pods that do not tolerate it.`,
      confidence: events.length > 0 ? 'high' : 'medium',
      since: taint.timeAdded ?? event.first ?? '',
      evidence: [fromSpec(ref, `spec.taints[${at}]`, text), fromEvent(event)],
    }),
  ];
}

/** Nodes that take no pods or lose them by somebody's decision. */
export const nodeScheduling: Analyzer = {
  name: 'node-scheduling',
  codes: [cordoned, full, evicting],
  analyze: (snapshot) => {
    const byNode = evictions(snapshot);
    return snapshot
      .list('Node')
      .flatMap((node) => [
        ...checkCordoned(node),
        ...checkFull(snapshot, node),
        ...checkTaints(snapshot, node, byNode),
      ]);
  },
};
