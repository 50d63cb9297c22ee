import type { Finding } from '@autodevops/domain/finding';
import type { LabelSelector } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { matchesSelector, selectorText } from '../../reading/selector.ts';
import type { Analyzer } from '../analyzer.ts';
import { podAffinity, podAntiAffinity, topologySpread } from './codes.ts';

interface Term {
  readonly labelSelector: LabelSelector | undefined;
  readonly topologyKey: string;
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector | undefined;
}

function namespacesOf(snapshot: Snapshot, pod: Pod, term: Term): readonly string[] {
  const { namespaceSelector } = term;
  if (namespaceSelector === undefined) return term.namespaces.length > 0 ? term.namespaces : [pod.metadata.namespace];
  const selected = snapshot.list('Namespace').filter((ns) => matchesSelector(namespaceSelector, ns.metadata.labels));
  return [...term.namespaces, ...selected.map((ns) => ns.metadata.name)];
}

/** Replicas of one workload ask the same again and again. */
const answers = perSnapshot(() => new Map<string, readonly Pod[]>());

/** Placed, unfinished pods that a term means. */
function matchedPods(snapshot: Snapshot, pod: Pod, term: Term): readonly Pod[] {
  const { labelSelector } = term;
  if (labelSelector === undefined) return [];
  const namespaces = namespacesOf(snapshot, pod, term);
  const key = `${namespaces.join(',')}|${selectorText(labelSelector)}`;
  const known = answers(snapshot).get(key);
  if (known !== undefined) return known;
  const found = namespaces
    .flatMap((namespace) => snapshot.listIn('Pod', namespace))
    .filter(
      (other) =>
        !isFinished(other) &&
        (other.spec.nodeName ?? '') !== '' &&
        matchesSelector(labelSelector, other.metadata.labels),
    );
  answers(snapshot).set(key, found);
  return found;
}

const perTopology: Readonly<Record<string, string>> = {
  'kubernetes.io/hostname': 'node',
  'topology.kubernetes.io/zone': 'zone',
  'topology.kubernetes.io/region': 'region',
};

function domainWord(topologyKey: string): string {
  return Object.hasOwn(perTopology, topologyKey) ? (perTopology[topologyKey] ?? topologyKey) : topologyKey;
}

function checkAffinity(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const { pod, ref } = unscheduled;
  const terms = pod.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  const lonely = terms.findIndex((term) => matchedPods(snapshot, pod, term).length === 0);
  const index = Math.max(0, lonely);
  const term = terms[index];
  const selector = term?.labelSelector === undefined ? '' : selectorText(term.labelSelector);
  const where = term === undefined ? 'node' : domainWord(term.topologyKey);
  const none = lonely >= 0 && snapshot.saw('Pod');
  const cause = none
    ? `Pod must share a ${where} with pods of "${selector}", and no such pod has been placed.`
    : `Pod must share a ${where} with pods of "${selector}", and the nodes beside them do not take it.`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: podAffinity,
    cause,
    confidence: none ? 'high' : 'medium',
    evidence:
      term === undefined
        ? []
        : [
            fromSpec(
              ref,
              `spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[${index}]`,
              `${selector} per ${term.topologyKey}`,
            ),
          ],
    facet: selector,
    because: term === undefined ? [] : waitingPods(snapshot, pod, term),
  });
}

/** The pods it waits for exist but have no node themselves. */
function waitingPods(snapshot: Snapshot, pod: Pod, term: Term): Finding['because'] {
  const { labelSelector } = term;
  if (labelSelector === undefined) return [];
  const others = namespacesOf(snapshot, pod, term).flatMap((namespace) => snapshot.listIn('Pod', namespace));
  return others
    .filter(
      (other) =>
        other !== pod && (other.spec.nodeName ?? '') === '' && matchesSelector(labelSelector, other.metadata.labels),
    )
    .slice(0, 20)
    .map((other) => ({ object: refTo('Pod', other), codes: ['pod.unschedulable'] }));
}

/** Names of the workloads that are in the way. */
function holders(snapshot: Snapshot, pods: readonly Pod[], own: Pod): string {
  const mine = workloadOf(snapshot, own);
  const names = new Set(
    pods
      .map((pod) => workloadOf(snapshot, pod))
      .map((ref) =>
        ref.kind === mine.kind && ref.name === mine.name && ref.namespace === mine.namespace
          ? 'its own replicas'
          : `${ref.kind} ${ref.namespace}/${ref.name}`,
      ),
  );
  return [...names].toSorted().slice(0, 3).join(', ');
}

/** A rule by which a placed pod refuses the waiting one. */
interface Refusal {
  readonly holder: Pod;
  readonly index: number;
  readonly term: Term;
}

/** Placed pods that refuse the pod by their own rule: the waiting pod itself need have none. */
function refusals(snapshot: Snapshot, pod: Pod): readonly Refusal[] {
  return snapshot.list('Pod').flatMap((holder): Refusal[] => {
    if (holder === pod || isFinished(holder) || (holder.spec.nodeName ?? '') === '') return [];
    const terms = holder.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const index = terms.findIndex(
      (term) =>
        term.labelSelector !== undefined &&
        matchesSelector(term.labelSelector, pod.metadata.labels) &&
        namespacesOf(snapshot, holder, term).includes(pod.metadata.namespace),
    );
    const term = terms[index];
    return term === undefined ? [] : [{ holder, index, term }];
  });
}

function checkRefused(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const refused = refusals(snapshot, unscheduled.pod);
  const [first] = refused;
  const selector = first?.term.labelSelector === undefined ? '' : selectorText(first.term.labelSelector);
  const who = holders(
    snapshot,
    refused.map(({ holder }) => holder),
    unscheduled.pod,
  );
  return unscheduledFinding(snapshot, unscheduled, {
    code: podAntiAffinity,
    cause:
      first === undefined
        ? 'Pods on every node that the pod may use refuse to share with it by their own anti-affinity.'
        : `Pods of ${who} refuse by their own anti-affinity to share a ${domainWord(first.term.topologyKey)} with pods of "${selector}", and every ${domainWord(first.term.topologyKey)} that the pod may use has one of them.`,
    confidence: first === undefined ? 'medium' : 'high',
    evidence:
      first === undefined
        ? []
        : [
            fromSpec(
              refTo('Pod', first.holder),
              `spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[${first.index}]`,
              `${selector} per ${first.term.topologyKey}`,
            ),
          ],
    nextSteps:
      first === undefined
        ? podAntiAffinity.nextSteps
        : [
            `Narrow the anti-affinity of ${who}: its selector and namespaces mean more pods than its own replicas. Or add a node.`,
          ],
    facet: 'existing',
  });
}

function checkAntiAffinity(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const { pod, ref } = unscheduled;
  const terms = pod.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  const blocked = terms
    .map((term, index) => ({ term, index, pods: matchedPods(snapshot, pod, term) }))
    .find((t) => t.pods.length > 0);
  const first = blocked?.term ?? terms[0];
  if (first === undefined || (blocked === undefined && refusals(snapshot, pod).length > 0)) {
    return checkRefused(snapshot, unscheduled);
  }
  const selector = first.labelSelector === undefined ? '' : selectorText(first.labelSelector);
  const where = domainWord(first.topologyKey);
  const by = blocked === undefined ? '' : ` (${holders(snapshot, blocked.pods, pod)})`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: podAntiAffinity,
    cause: `Pod must not share a ${where} with pods of "${selector}", and every ${where} that it may use has one${by}.`,
    confidence: 'high',
    evidence: [
      fromSpec(
        ref,
        `spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[${blocked?.index ?? 0}]`,
        `${selector} per ${first.topologyKey}`,
      ),
    ],
    facet: first.topologyKey,
  });
}

function checkSpread(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const { pod, ref } = unscheduled;
  const hard = pod.spec.topologySpreadConstraints
    .map((constraint, index) => ({ constraint, index }))
    .filter(({ constraint }) => constraint.whenUnsatisfiable !== 'ScheduleAnyway');
  const unlabelled = unscheduled.reasons.some((reason) => reason.text.includes('missing required label'));
  const lacking = hard.find(({ constraint }) => {
    const nodes = snapshot.list('Node');
    return nodes.length > 0 && nodes.every((node) => node.metadata.labels[constraint.topologyKey] === undefined);
  });
  const chosen = lacking ?? hard[0];
  const key = chosen?.constraint.topologyKey ?? '';
  const skew = chosen?.constraint.maxSkew ?? 1;
  const cause =
    lacking !== undefined
      ? `Pod must be spread over "${key}", a label that no node has.`
      : `Pod must be spread over "${key}" with a skew of at most ${skew}, and the ${domainWord(key)}s that this leaves cannot take it${unlabelled ? ' (some nodes lack the label)' : ''}.`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: topologySpread,
    cause,
    evidence: hard.map(({ constraint, index }) =>
      fromSpec(
        ref,
        `spec.topologySpreadConstraints[${index}]`,
        `maxSkew ${constraint.maxSkew ?? 1} per ${constraint.topologyKey}, ${constraint.whenUnsatisfiable}`,
      ),
    ),
    facet: key,
  });
}

function check(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  switch (unscheduled.blocking?.kind) {
    case 'pod-affinity':
      return [checkAffinity(snapshot, unscheduled)];
    case 'pod-anti-affinity':
      return [checkAntiAffinity(snapshot, unscheduled)];
    case 'topology-spread':
      return [checkSpread(snapshot, unscheduled)];
    default:
      return [];
  }
}

export const schedulingBetweenPods: Analyzer = {
  name: 'scheduling-between-pods',
  codes: [podAffinity, podAntiAffinity, topologySpread],
  analyze: (snapshot) => unscheduledPods(snapshot).flatMap((unscheduled) => check(snapshot, unscheduled)),
};
