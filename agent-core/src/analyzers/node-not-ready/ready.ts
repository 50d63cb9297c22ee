import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { isJoining, isUnready, readyCondition } from '../../reading/platform/node-readiness.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { kubeletSilent, networkPlugin, runtimeDown, shuttingDown } from './codes.ts';
import { codeOfReady } from './ready-message.ts';
import { isOfDaemon } from './daemon-pod.ts';
import { leaseEvidence } from './lease.ts';
import { bringsNoNetwork, isWithoutPlugin, installStep, networkPluginPods } from './network-plugin.ts';

/** Cordoned and empty but for daemons: somebody took it out of service. */
function isDrained(snapshot: Snapshot, node: Node): boolean {
  return (
    node.spec.unschedulable === true &&
    podsOnNode(snapshot, node.metadata.name).every((pod) => isFinished(pod) || isOfDaemon(pod))
  );
}

function sentence(code: CodeEntry, node: Node, ready: Condition): string {
  const name = `Node "${node.metadata.name}"`;
  const says = said(ready.message || ready.reason);
  switch (code) {
    case kubeletSilent:
      return ready.reason === 'NodeStatusNeverUpdated'
        ? `${name} is lost: its kubelet never posted a status.`
        : `${name} is lost: its kubelet stopped posting node status.`;
    case runtimeDown:
      return `${name} is not ready because its container runtime does not answer: ${says}.`;
    case networkPlugin:
      return `${name} is not ready because its pod network is not set up: ${says}.`;
    case shuttingDown:
      return `${name} is not ready because it is shutting down.`;
    default:
      return `${name} is not ready; its kubelet says: ${says}.`;
  }
}

/** Written by an autoscaler on a machine that it takes away: it is empty by then, and gone within minutes. */
const removalTaints = new Set(['ToBeDeletedByClusterAutoscaler', 'karpenter.sh/disrupted', 'karpenter.sh/disruption']);

const removalTakes = 15 * 60_000;

function isBeingRemoved(snapshot: Snapshot, node: Node, ready: Condition): boolean {
  return (
    node.spec.taints.some(({ key, effect }) => removalTaints.has(key) && effect !== 'PreferNoSchedule') &&
    isRecent(snapshot, ready.lastTransitionTime, removalTakes)
  );
}

const startStep =
  'Start the machine in the cloud, and see there who or what stopped it (a spot reclaim, a schedule, a person); delete the Node if it is not to come back.';

/** The cloud's controller says that the machine itself is stopped. */
function stoppedAt(node: Node): number {
  return node.spec.taints.findIndex(({ key }) => key === 'node.cloudprovider.kubernetes.io/shutdown');
}

/** A node that its kubelet, or the silence of it, says is not ready. */
export function checkReady(snapshot: Snapshot, node: Node): Finding[] {
  const ready = readyCondition(node);
  if (ready === undefined || !isUnready(node) || node.metadata.deletionTimestamp !== undefined) return [];
  const code = codeOfReady(ready);
  const ref = refTo('Node', node);
  const drained = isDrained(snapshot, node);
  const stopped = stoppedAt(node);
  const bare = code === networkPlugin && bringsNoNetwork(node) && isWithoutPlugin(snapshot);
  return [
    finding(code, {
      object: ref,
      cause: bare
        ? `Node "${node.metadata.name}" is not ready because no network plugin is installed in this cluster.`
        : stopped < 0
          ? sentence(code, node, ready)
          : `Node "${node.metadata.name}" is not ready because its machine is shut down, says the cloud.`,
      nextSteps: bare ? [installStep] : stopped < 0 ? code.nextSteps : [startStep, ...code.nextSteps],
      ...(bare ? { sharedWith: 'no network plugin' } : {}),
      severity: drained ? 'warning' : code.severity,
      standing: isJoining(snapshot, node) || isBeingRemoved(snapshot, node, ready) ? 'progressing' : 'current',
      since: ready.lastTransitionTime ?? '',
      evidence: [
        fromCondition(ref, ready),
        ...(code === kubeletSilent ? leaseEvidence(snapshot, node) : []),
        ...(stopped < 0 ? [] : [fromSpec(ref, `spec.taints[${stopped}]`, node.spec.taints[stopped]?.key ?? '')]),
        ...(drained ? [fromSpec(ref, 'spec.unschedulable', 'unschedulable: true')] : []),
      ],
      because: code === networkPlugin ? networkPluginPods(snapshot, node).map((object) => ({ object })) : [],
    }),
  ];
}
