import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { leaseSilence } from '../../reading/platform/lease-clock.ts';
import { isJoining, isUnready, readyCondition } from '../../reading/platform/node-readiness.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  flapping,
  kubeletSilent,
  leaseStale,
  networkPlugin,
  networkUnavailable,
  notReady,
  podOnLostNode,
  runtimeDown,
  shuttingDown,
  uninitialized,
} from './codes.ts';
import { codeOfReady } from './ready-message.ts';

/** Words in the names of the pods of common network plugins. */
const networkPods = [
  'calico',
  'cilium',
  'flannel',
  'kindnet',
  'weave',
  'canal',
  'aws-node',
  'antrea',
  'kube-router',
  'multus',
  'ovn',
  'azure-cni',
  'cni',
];

function isOfDaemon(pod: Pod): boolean {
  return pod.metadata.ownerReferences.some((o) => o.kind === 'DaemonSet' || o.kind === 'Node');
}

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

function leaseEvidence(snapshot: Snapshot, node: Node): Finding['evidence'] {
  const lease = snapshot.get('Lease', 'kube-node-lease', node.metadata.name);
  const renewed = lease?.spec.renewTime;
  return lease === undefined || renewed === undefined
    ? []
    : [fromStatus(refTo('Lease', lease), 'spec.renewTime', `renewTime: ${renewed}`, renewed)];
}

/** Clouds and k3s may set up the network of a node without a pod. */
function bringsNoNetwork({ spec }: Node): boolean {
  const provider = spec.providerID ?? '';
  return provider === '' || provider.startsWith('kind://');
}

/** Not one pod of any network plugin, on any node: the cluster was set up without one, or it was taken away. */
function isWithoutPlugin(snapshot: Snapshot): boolean {
  return (
    snapshot.saw('Pod') &&
    snapshot.parts.namespaces === undefined &&
    !snapshot.list('Pod').some((pod) => networkPods.some((word) => pod.metadata.name.includes(word)))
  );
}

const installStep =
  'Install a network plugin (Calico, Cilium, Flannel, ...) with the range of pod addresses that the cluster was initialised with: the nodes become ready by themselves.';

function networkPluginPods(snapshot: Snapshot, node: Node): readonly ObjectRef[] {
  const pods = podsOnNode(snapshot, node.metadata.name).filter(
    (pod) => isOfDaemon(pod) && networkPods.some((word) => pod.metadata.name.includes(word)),
  );
  return pods.map((pod) => refTo('Pod', pod));
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

function checkReady(snapshot: Snapshot, node: Node): Finding[] {
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

function checkNetwork(snapshot: Snapshot, node: Node): Finding[] {
  const condition = node.status.conditions.find((c) => c.type === 'NetworkUnavailable' && c.status === 'True');
  if (condition === undefined || isUnready(node)) return [];
  const ref = refTo('Node', node);
  // The condition says that there is no route, the event why.
  const route = newestEvents(snapshot, ref, 'FailedToCreateRoute').find((e) => isRecent(snapshot, e.last));
  const why = route === undefined ? '' : `. ${rootError(route.message)}`;
  const cause = `The network of node "${node.metadata.name}" does not work: ${said(condition.message || condition.reason)}${why}.`;
  return [
    finding(networkUnavailable, {
      object: ref,
      cause,
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition), ...(route === undefined ? [] : [fromEvent(route)])],
    }),
  ];
}

/** Pods of a cloud controller manager, whatever the cloud: by the name that all of them carry. */
function cloudControllers(snapshot: Snapshot): readonly ObjectRef[] {
  const pods = snapshot
    .list('Pod')
    .filter((pod) => !isFinished(pod) && /cloud-(?:controller|provider|node)/.test(pod.metadata.name));
  return distinctBy(
    pods.map((pod) => workloadOf(snapshot, pod)),
    refKey,
  );
}

function checkUninitialized(snapshot: Snapshot, node: Node): Finding[] {
  const at = node.spec.taints.findIndex((t) => t.key === 'node.cloudprovider.kubernetes.io/uninitialized');
  const age = ageOf(snapshot, node.metadata.creationTimestamp);
  if (at < 0 || age === undefined || age < 5 * 60_000) return [];
  const ref = refTo('Node', node);
  const cause = `Node "${node.metadata.name}" joined ${formatDuration(age)} ago and has not been initialised by a cloud controller manager.`;
  const evidence = [
    fromSpec(ref, `spec.taints[${at}]`, `${node.spec.taints[at]?.key}:${node.spec.taints[at]?.effect}`),
  ];
  const because = cloudControllers(snapshot).map((object) => ({
    object,
    codes: ['pod.', 'workload.', 'daemonset.', 'permission.'],
  }));
  return [
    finding(uninitialized, { object: ref, cause, since: node.metadata.creationTimestamp ?? '', evidence, because }),
  ];
}

function checkLease(snapshot: Snapshot, node: Node): Finding[] {
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

/** Both the kubelet and the node controller say it, each once for each time: the one that says it more often counts. */
function checkFlapping(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  const events = newestEvents(snapshot, ref, 'NodeNotReady').filter((e) => isRecent(snapshot, e.last));
  const [newest] = events;
  if (
    newest === undefined ||
    readyCondition(node)?.status !== 'True' ||
    !isRecent(snapshot, newest.last, 15 * 60_000)
  ) {
    return [];
  }
  const byTeller = Map.groupBy(events, (e) => e.component);
  const times = Math.max(
    ...[...byTeller.values()].map((told) =>
      told.reduce((sum, e) => sum + (isRecent(snapshot, e.first) ? e.count : 1), 0),
    ),
  );
  if (times < 3) return [];
  const cause = `Node "${node.metadata.name}" was not ready ${times} times within the hour; at this moment it is ready.`;
  return [
    finding(flapping, {
      object: ref,
      cause,
      confidence: 'medium',
      since: events.at(-1)?.first ?? '',
      evidence: events.slice(0, 3).map(fromEvent),
      because: [{ object: ref, codes: ['node.rebooted.repeatedly'] }],
    }),
  ];
}

function checkPods(snapshot: Snapshot, node: Node): Finding[] {
  const ready = readyCondition(node);
  if (ready === undefined || !isUnready(node) || isJoining(snapshot, node)) return [];
  const on = podsOnNode(snapshot, node.metadata.name).filter((pod) => !isFinished(pod) && !isTerminating(pod));
  const because = [{ object: refByName('Node', '', node.metadata.name), codes: ['node.not-ready'] }];
  return on.map((pod) =>
    finding(podOnLostNode, {
      object: refTo('Pod', pod),
      cause: `Pod ${pod.metadata.namespace}/${pod.metadata.name} is on node "${node.metadata.name}", which is not ready.`,
      since: ready.lastTransitionTime ?? '',
      evidence: [fromSpec(refTo('Pod', pod), 'spec.nodeName', `nodeName: ${node.metadata.name}`)],
      because,
      facet: node.metadata.name,
    }),
  );
}

/** Nodes that cannot run pods, by cause, and the pods that are on them. */
export const nodeNotReady: Analyzer = {
  name: 'node-not-ready',
  codes: [
    kubeletSilent,
    runtimeDown,
    networkPlugin,
    networkUnavailable,
    shuttingDown,
    notReady,
    uninitialized,
    leaseStale,
    flapping,
    podOnLostNode,
  ],
  analyze: (snapshot) =>
    snapshot
      .list('Node')
      .flatMap((node) => [
        ...checkReady(snapshot, node),
        ...checkNetwork(snapshot, node),
        ...checkUninitialized(snapshot, node),
        ...checkLease(snapshot, node),
        ...checkFlapping(snapshot, node),
        ...checkPods(snapshot, node),
      ]),
};
