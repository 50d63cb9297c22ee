import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { PodDisruptionBudget } from '@autodevops/domain/kubernetes/workload';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { newestEvents } from '../../reading/recency.ts';
import { matchesSelector, selectorText } from '../../reading/selector.ts';
import type { Analyzer } from '../analyzer.ts';
import { blocksDrain, overlap } from './codes.ts';

function limitText(budget: PodDisruptionBudget): { path: string; value: string } {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (maxUnavailable !== undefined) return { path: 'spec.maxUnavailable', value: String(maxUnavailable) };
  return { path: 'spec.minAvailable', value: String(minAvailable ?? 1) };
}

function podsUnder(snapshot: Snapshot, { metadata, spec }: PodDisruptionBudget): readonly Pod[] {
  const { selector } = spec;
  if (selector === undefined) return [];
  return snapshot
    .listIn('Pod', metadata.namespace)
    .filter((pod) => !isFinished(pod) && !isTerminating(pod) && matchesSelector(selector, pod.metadata.labels));
}

/** A cordoned node on which such a pod still runs: somebody wants it empty now. */
function waitingDrain(snapshot: Snapshot, pods: readonly Pod[]): { node: Node; pod: Pod; since: string } | undefined {
  for (const pod of pods) {
    const node = snapshot.get('Node', '', pod.spec.nodeName ?? '');
    if (node?.spec.unschedulable !== true) continue;
    return {
      node,
      pod,
      since: node.spec.taints.find((t) => t.key === 'node.kubernetes.io/unschedulable')?.timeAdded ?? '',
    };
  }
  return undefined;
}

/** One replica more than the budget keeps, where the budget counts them. */
function oneMore(snapshot: Snapshot, budget: PodDisruptionBudget, pods: readonly Pod[]): readonly ProposedChange[] {
  const { minAvailable } = budget.spec;
  const owners = new Map(pods.map((pod) => workloadOf(snapshot, pod)).map((ref) => [refKey(ref), ref]));
  const [target] = owners.values();
  if (typeof minAvailable !== 'number' || owners.size !== 1 || target?.kind !== 'Deployment') return [];
  return [{ action: 'scale', target, params: { replicas: minAvailable + 1 }, risk: 'low' }];
}

function checkBlocks(snapshot: Snapshot, budget: PodDisruptionBudget): readonly Finding[] {
  const {
    disruptionsAllowed,
    currentHealthy = 0,
    expectedPods = 0,
    desiredHealthy = 0,
    observedGeneration = 0,
  } = budget.status;
  if (disruptionsAllowed !== 0 || expectedPods === 0 || observedGeneration < (budget.metadata.generation ?? 0)) {
    return [];
  }
  // Too few healthy pods: the budget does what it is for.
  if (currentHealthy < expectedPods || desiredHealthy < expectedPods) return [];
  const ref = refTo('PodDisruptionBudget', budget);
  const { path, value } = limitText(budget);
  // An operator that makes such a budget moves its pods itself when a node is drained.
  const byOperator = budget.metadata.ownerReferences.some((owner) => owner.controller === true);
  const pods = podsUnder(snapshot, budget);
  const drain = waitingDrain(snapshot, pods);
  const waits =
    drain === undefined ? '' : `: cordoned node ${drain.node.metadata.name} still holds pod ${drain.pod.metadata.name}`;
  return [
    finding(blocksDrain, {
      object: ref,
      standing: byOperator ? 'expected' : 'current',
      cause: `PodDisruptionBudget ${budget.metadata.name} (${path.slice('spec.'.length)} ${value}) allows no eviction though all ${expectedPods} of its pods are healthy, so their nodes cannot be drained${waits}.`,
      since: drain?.since ?? '',
      evidence: [
        fromSpec(ref, path, value),
        fromStatus(
          ref,
          'status',
          `disruptionsAllowed 0, currentHealthy ${currentHealthy}, desiredHealthy ${desiredHealthy}, expectedPods ${expectedPods}`,
        ),
        ...(drain === undefined
          ? []
          : [fromSpec(refTo('Node', drain.node), 'spec.unschedulable', 'unschedulable: true')]),
      ],
      changes: oneMore(snapshot, budget, pods),
    }),
  ];
}

interface Pair {
  readonly budgets: readonly [PodDisruptionBudget, PodDisruptionBudget];
  readonly pods: readonly Pod[];
}

/** Pods of a namespace that two budgets select, by the pair. */
function overlaps(snapshot: Snapshot, budgets: readonly PodDisruptionBudget[]): readonly Pair[] {
  const [one] = budgets;
  if (one === undefined || budgets.length < 2) return [];
  const pairs = new Map<string, { budgets: readonly [PodDisruptionBudget, PodDisruptionBudget]; pods: Pod[] }>();
  for (const pod of snapshot.listIn('Pod', one.metadata.namespace)) {
    if (isFinished(pod) || isTerminating(pod)) continue;
    const [first, second] = budgets.filter(
      ({ spec }) => spec.selector !== undefined && matchesSelector(spec.selector, pod.metadata.labels),
    );
    if (first === undefined || second === undefined) continue;
    const key = `${first.metadata.name}|${second.metadata.name}`;
    const held = pairs.get(key);
    if (held === undefined) pairs.set(key, { budgets: [first, second], pods: [pod] });
    else held.pods.push(pod);
  }
  return [...pairs.values()];
}

function checkOverlaps(snapshot: Snapshot): readonly Finding[] {
  const sorted = snapshot
    .list('PodDisruptionBudget')
    .filter((b) => b.metadata.deletionTimestamp === undefined)
    .toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  return [...Map.groupBy(sorted, (b) => b.metadata.namespace).values()].flatMap((budgets) =>
    overlaps(snapshot, budgets).map(({ budgets: [first, second], pods }) => {
      const ref = refTo('PodDisruptionBudget', first);
      const other = refTo('PodDisruptionBudget', second);
      const [pod] = pods;
      const event =
        pod === undefined ? undefined : newestEvents(snapshot, refTo('Pod', pod), 'MultiplePodDisruptionBudgets')[0];
      const text = (budget: PodDisruptionBudget): string =>
        budget.spec.selector === undefined ? '' : selectorText(budget.spec.selector) || '(every pod)';
      return finding(overlap, {
        object: ref,
        cause: `${pods.length} ${pods.length === 1 ? 'pod is' : 'pods are'} in both PodDisruptionBudgets ${first.metadata.name} and ${second.metadata.name}, so the eviction API refuses to evict ${pods.length === 1 ? 'it' : 'them'}.`,
        evidence: [
          fromSpec(ref, 'spec.selector', text(first)),
          fromSpec(other, 'spec.selector', text(second)),
          ...(event === undefined ? [] : [fromEvent(event)]),
        ],
        facet: second.metadata.name,
      });
    }),
  );
}

export const disruptionBudget: Analyzer = {
  name: 'disruption-budget',
  codes: [blocksDrain, overlap],
  analyze: (snapshot) => [
    ...snapshot.list('PodDisruptionBudget').flatMap((budget) => checkBlocks(snapshot, budget)),
    ...checkOverlaps(snapshot),
  ],
};
