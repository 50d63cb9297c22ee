import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { lastComplaint } from '../../reading/output/last-complaint.ts';
import type { Complaint } from '../../reading/output/last-complaint.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { nameList } from '../../reading/name-list.ts';
import { conditionOf, isFinished, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { agentFailing, kubeProxyFailing } from './codes.ts';
import { foreignAddresses, foreignEvidence, foreignStep, foreignText } from './foreign-address.ts';

/** DaemonSets that are a node's network, by their names. */
const agentNames = new Set([
  'calico-node',
  'canal',
  'rke2-canal',
  'cilium',
  'cilium-agent',
  'kube-flannel-ds',
  'kube-flannel',
  'kindnet',
  'aws-node',
  'weave-net',
  'antrea-agent',
  'kube-router',
  'ovnkube-node',
  'ovn-kubernetes-node',
  'kube-ovn-cni',
  'kube-multus-ds',
  'multus',
  'azure-cns',
  'azure-cni-networkmonitor',
  'sdn',
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
  const isProxy =
    owner === 'kube-proxy' ||
    owner === 'kube-proxy-windows' ||
    pod.metadata.labels['k8s-app'] === 'kube-proxy' ||
    pod.metadata.labels['component'] === 'kube-proxy';
  return isProxy && pod.metadata.namespace === 'kube-system' ? kubeProxyFailing : undefined;
}

function nodeWorks(snapshot: Snapshot, name: string): boolean {
  const node = snapshot.get('Node', '', name);
  // Without a network agent a node is not ready for that very reason, so only a silent kubelet excuses the pod.
  return node === undefined || conditionOf(node.status.conditions, 'Ready')?.status !== 'Unknown';
}

interface FailingAgent {
  readonly code: CodeEntry;
  readonly pod: Pod;
  readonly node: string;
}

function failingAgent(snapshot: Snapshot, pod: Pod): FailingAgent | undefined {
  const code = codeOf(pod);
  const node = pod.spec.nodeName ?? '';
  if (code === undefined || node === '' || isFinished(pod) || isTerminating(pod) || isReady(pod)) return undefined;
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const long = (ageOf(snapshot, ready?.lastTransitionTime ?? pod.metadata.creationTimestamp) ?? Infinity) > 90_000;
  return long && nodeWorks(snapshot, node) ? { code, pod, node } : undefined;
}

const partnerWords = /operator|controller|typha|master/;

/** What hands the agents their addresses and their state: `cilium-operator` of `cilium`, `calico-typha` of `calico-node`. */
function partnersOf(snapshot: Snapshot, pod: Pod): readonly Because[] {
  const [family = ''] = daemonSetOf(pod).split('-');
  const partners = snapshot
    .listIn('Deployment', pod.metadata.namespace)
    .filter(({ metadata: { name } }) => family.length > 3 && name.startsWith(`${family}-`) && partnerWords.test(name));
  return partners.map((deployment) => ({ object: refTo('Deployment', deployment), codes: ['pod.', 'workload.'] }));
}

/** What it answers to its probe, where its log was not read or holds no error: agents say there which part of them is not well. */
function probeAnswer(snapshot: Snapshot, pod: Pod): ClusterEvent | undefined {
  return newestEvents(snapshot, refTo('Pod', pod), 'Unhealthy').find((e) => isRecent(snapshot, e.last));
}

/** The last line: what stands before it are lines of the log that the probe printed too. */
function answerText({ message }: ClusterEvent): string {
  const last = message.trim().split('\n').at(-1) ?? '';
  return said(withoutLogPrefix(last.replace(/^.*?\bprobe failed: /, '')), 200);
}

/** Of one DaemonSet every failing pod names all the nodes, and what the first of them that says anything says. */
function tell(
  snapshot: Snapshot,
  { code, pod, node }: FailingAgent,
  { nodes, complaint }: { nodes: readonly string[]; complaint: Complaint | undefined },
): Finding {
  const ref = refTo('Pod', pod);
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const what = code === kubeProxyFailing ? 'kube-proxy' : `The network's agent (${daemonSetOf(pod)})`;
  const own = lastComplaint(snapshot, pod);
  const says = own ?? complaint;
  const answer = says === undefined ? probeAnswer(snapshot, pod) : undefined;
  const words = says === undefined ? '' : said(tellingPart(says.line), 200);
  const why = answer === undefined ? words : answerText(answer);
  const wrong = foreignAddresses(snapshot);
  return finding(code, {
    object: ref,
    cause: `${what} is not ready on ${nodes.length === 1 ? 'node ' : 'nodes '}${nameList(nodes)}${why === '' ? '' : `: ${why.replace(/\.$/, '')}`}.${code === agentFailing ? foreignText(wrong) : ''}`,
    evidence: [
      ready === undefined ? fromStatus(ref, 'status.phase', pod.status.phase ?? '') : fromCondition(ref, ready),
      ...(own === undefined ? [] : [fromOutput(ref, own.view, own.line)]),
      ...(answer === undefined ? [] : [fromEvent(answer)]),
      ...(code === agentFailing ? wrong.slice(0, 2).map(foreignEvidence) : []),
    ],
    ...(code === agentFailing && wrong.length > 0 ? { nextSteps: [foreignStep, ...code.nextSteps] } : {}),
    since: ready?.lastTransitionTime ?? '',
    // Whatever says why this very pod fails comes first.
    because: [
      { object: ref },
      ...partnersOf(snapshot, pod),
      { object: refByName('Node', '', node), codes: ['node.pressure', 'node.not-ready.kubelet', 'node.disk', 'kind.'] },
    ],
  });
}

export function checkAgents(snapshot: Snapshot): readonly Finding[] {
  const failing = snapshot
    .list('Pod')
    .map((pod) => failingAgent(snapshot, pod))
    .filter((f) => f !== undefined);
  const sets = Map.groupBy(failing, ({ code, pod }) => `${code.code} ${pod.metadata.namespace}/${daemonSetOf(pod)}`);
  return [...sets.values()].flatMap((agents) => {
    const nodes = agents.map(({ node }) => node).toSorted();
    const complaint = agents.map(({ pod }) => lastComplaint(snapshot, pod)).find((c) => c !== undefined);
    return agents.map((agent) => tell(snapshot, agent, { nodes, complaint }));
  });
}
