import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Pod, PodSpec } from '@autodevops/domain/kubernetes/pod';
import type { DaemonSet } from '@autodevops/domain/kubernetes/workload';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { podsOwnedBy } from '../../reading/pods/owned-pods.ts';
import { isRecent } from '../../reading/recency.ts';
import { taintOrigin, taintText, untolerated } from '../../reading/scheduling/taints.ts';
import { matchesNodeTerm } from '../../reading/selector.ts';
import type { Analyzer } from '../analyzer.ts';
import { misscheduled, missingByTaint, noNodeSelected } from './codes.ts';

/** What the DaemonSet controller itself tolerates for its pods. */
const given: PodSpec['tolerations'] = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
  'network-unavailable',
].map((name) => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  value: undefined,
  effect: undefined,
  tolerationSeconds: undefined,
}));

function fits(spec: PodSpec, node: Node): boolean {
  if (!Object.entries(spec.nodeSelector).every(([key, value]) => node.metadata.labels[key] === value)) return false;
  const terms = spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesNodeTerm(term, node));
}

interface Excluded {
  readonly node: Node;
  readonly taints: readonly Node['spec']['taints'][number][];
}

/** Nodes that only a chosen taint keeps it from; the control plane is left out on purpose by most. */
function excluded(set: DaemonSet, nodes: readonly Node[], pods: readonly Pod[]): readonly Excluded[] {
  const { spec } = set.spec.template;
  const tolerant = { ...spec, tolerations: [...spec.tolerations, ...given] };
  const on = new Set(pods.map((pod) => pod.spec.nodeName));
  return nodes.flatMap((node) => {
    if (on.has(node.metadata.name) || !fits(spec, node)) return [];
    const taints = untolerated(tolerant, node).filter((taint) => taintOrigin(taint.key) === 'chosen');
    return taints.length > 0 && untolerated(tolerant, node).every((taint) => taintOrigin(taint.key) === 'chosen')
      ? [{ node, taints }]
      : [];
  });
}

const lately = 24 * 60 * 60_000;

/** Every node needs it (network, storage, system priority), or the taint is new. */
function matters(snapshot: Snapshot, set: DaemonSet, nodes: readonly Excluded[]): boolean {
  const { priorityClassName } = set.spec.template.spec;
  if (priorityClassName === 'system-node-critical') return true;
  return nodes.some(({ taints }) => taints.some((taint) => isRecent(snapshot, taint.timeAdded, lately)));
}

function checkTaints(snapshot: Snapshot, set: DaemonSet, pods: readonly Pod[]): readonly Finding[] {
  const { desiredNumberScheduled: desired = 0 } = set.status;
  const out = excluded(set, snapshot.list('Node'), pods);
  const [first] = out;
  if (first === undefined || (desired === 0 && Object.keys(set.spec.template.spec.nodeSelector).length > 0)) return [];
  const ref = refTo('DaemonSet', set);
  const taints = [...new Set(out.flatMap((o) => o.taints.map(taintText)))].toSorted();
  const names = out.map((o) => o.node.metadata.name).toSorted();
  const problem = matters(snapshot, set, out);
  return [
    finding(missingByTaint, {
      object: ref,
      standing: problem ? 'current' : 'expected',
      confidence: 'medium',
      cause: `${refText(ref)} does not run on ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more nodes` : ''}: it does not tolerate ${taints.slice(0, 3).join(', ')}.`,
      since: first.taints[0]?.timeAdded ?? '',
      evidence: out
        .slice(0, 3)
        .map((o) => fromSpec(refTo('Node', o.node), 'spec.taints', o.taints.map(taintText).join(', '))),
      facet: taints.join(','),
    }),
  ];
}

function checkSelector(snapshot: Snapshot, set: DaemonSet): readonly Finding[] {
  const nodes = snapshot.list('Node');
  const { spec } = set.spec.template;
  if ((set.status.desiredNumberScheduled ?? 0) > 0 || nodes.length === 0 || nodes.some((node) => fits(spec, node))) {
    return [];
  }
  const demands = Object.entries(spec.nodeSelector);
  const near = demands.flatMap(([key, value]) => {
    const values = new Set(nodes.flatMap((node) => node.metadata.labels[key] ?? []));
    if (values.size > 0) return nearMatches(value, values).map((v) => `${key}=${v}`);
    return nearMatches(key, new Set(nodes.flatMap((node) => Object.keys(node.metadata.labels))));
  });
  // Without a label that is spelt nearly so, it is a driver for hardware that is not there.
  const text = demands.length === 0 ? 'its node affinity' : demands.map(([key, value]) => `${key}=${value}`).join(', ');
  const ref = refTo('DaemonSet', set);
  return [
    finding(noNodeSelected, {
      object: ref,
      standing: near.length > 0 ? 'current' : 'expected',
      confidence: near.length > 0 ? 'medium' : 'low',
      cause: `${refText(ref)} runs on no node: none of ${nodes.length} has ${text}${near.length > 0 ? `; there is ${near[0] ?? ''}` : ''}.`,
      evidence: [
        fromSpec(ref, 'spec.template.spec.nodeSelector', text),
        fromStatus(ref, 'status.desiredNumberScheduled', '0'),
      ],
    }),
  ];
}

function checkMisscheduled(set: DaemonSet): readonly Finding[] {
  const count = set.status.numberMisscheduled ?? 0;
  if (count === 0) return [];
  const ref = refTo('DaemonSet', set);
  return [
    finding(misscheduled, {
      object: ref,
      standing: 'expected',
      confidence: 'medium',
      cause: `${count} ${count === 1 ? 'pod' : 'pods'} of ${refText(ref)} ${count === 1 ? 'is' : 'are'} on nodes where it should not run (a taint or a selector was changed since).`,
      evidence: [fromStatus(ref, 'status.numberMisscheduled', String(count))],
    }),
  ];
}

function check(snapshot: Snapshot, set: DaemonSet): readonly Finding[] {
  const observed = (set.status.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
  if (set.metadata.deletionTimestamp !== undefined || !observed) return [];
  const found = checkMisscheduled(set);
  if (!snapshot.saw('Node') || !snapshot.saw('Pod', set.metadata.namespace)) return found;
  return [
    ...found,
    ...checkTaints(snapshot, set, podsOwnedBy(snapshot, set.metadata.uid)),
    ...checkSelector(snapshot, set),
  ];
}

export const daemonSet: Analyzer = {
  name: 'daemon-set',
  codes: [missingByTaint, noNodeSelected, misscheduled],
  analyze: (snapshot) => snapshot.list('DaemonSet').flatMap((set) => check(snapshot, set)),
};
