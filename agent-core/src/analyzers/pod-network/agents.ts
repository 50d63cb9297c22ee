import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { conditionOf, isFinished, isReady, isTerminating } from '../../reading/pod-status.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { ageOf } from '../../reading/recency.ts';
import { agentFailing, kubeProxyFailing } from './codes.ts';

/** DaemonSets that are a node's network, by their names. */
const agentNames = new Set([
  'calico-node', 'canal', 'rke2-canal', 'cilium', 'cilium-agent', 'kube-flannel-ds', 'kube-flannel', 'kindnet', 'aws-node', 'weave-net', 'antrea-agent', 'kube-router', 'ovnkube-node', 'ovn-kubernetes-node', 'kube-ovn-cni', 'kube-multus-ds', 'multus', 'azure-cns', 'azure-cni-networkmonitor', 'sdn',
]);

function daemonSetOf(pod: Pod): string {
  return pod.metadata.ownerReferences.find((o) => o.kind === 'DaemonSet')?.name ?? '';
}

/** Pods of the network plugin, by node. */
const byNode = perSnapshot((snapshot) => {
  const agents = snapshot.list('Pod').filter((pod) => agentNames.has(daemonSetOf(pod)) && !isFinished(pod));
  return Map.groupBy(agents, (pod) => pod.spec.nodeName ?? '');
});

export function agentsOn(snapshot: Snapshot, node: string): readonly Pod[] {
  return byNode(snapshot).get(node) ?? [];
}

function codeOf(pod: Pod): CodeEntry | undefined {
  const owner = daemonSetOf(pod);
  if (agentNames.has(owner)) return agentFailing;
  const isProxy = owner === 'kube-proxy' || owner === 'kube-proxy-windows' || pod.metadata.labels['k8s-app'] === 'kube-proxy' || pod.metadata.labels['component'] === 'kube-proxy';
  return isProxy && pod.metadata.namespace === 'kube-system' ? kubeProxyFailing : undefined;
}

function nodeWorks(snapshot: Snapshot, name: string): boolean {
  const node = snapshot.get('Node', '', name);
  // Without a network agent a node is not ready for that very reason, so only a silent kubelet excuses the pod.
  return node === undefined || conditionOf(node.status.conditions, 'Ready')?.status !== 'Unknown';
}

function checkAgent(snapshot: Snapshot, pod: Pod): Finding | undefined {
  const code = codeOf(pod);
  const node = pod.spec.nodeName ?? '';
  if (code === undefined || node === '' || isFinished(pod) || isTerminating(pod) || isReady(pod)) return undefined;
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const long = (ageOf(snapshot, ready?.lastTransitionTime ?? pod.metadata.creationTimestamp) ?? Infinity) > 90_000;
  if (!long || !nodeWorks(snapshot, node)) return undefined;
  const ref = refTo('Pod', pod);
  const what = code === kubeProxyFailing ? 'kube-proxy' : `The network's agent (${daemonSetOf(pod)})`;
  return finding(code, {
    object: ref,
    cause: `${what} is not ready on node ${node}.`,
    evidence: [ready === undefined ? fromStatus(ref, 'status.phase', pod.status.phase ?? '') : fromCondition(ref, ready)],
    since: ready?.lastTransitionTime ?? '',
    // Whatever says why this very pod fails comes first.
    because: [{ object: ref }, { object: refByName('Node', '', node), codes: ['node.pressure', 'node.not-ready.kubelet', 'node.disk', 'kind.'] }],
  });
}

export function checkAgents(snapshot: Snapshot): readonly Finding[] {
  return snapshot.list('Pod').map((pod) => checkAgent(snapshot, pod)).filter((f) => f !== undefined);
}
