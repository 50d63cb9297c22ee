import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { StatefulSet } from '@autodevops/domain/kubernetes/workload';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { correctedSince } from '../../evidence/corrected-template.ts';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import { podsOwnedBy } from '../../reading/pods/owned-pods.ts';
import { podProgress } from '../../reading/pods/readiness/pod-progress.ts';
import { conditionOf, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { blockedByPod, brokenRevision, onDelete, partitionLeft } from './codes.ts';

function revisionOf(pod: Pod): string {
  return pod.metadata.labels['controller-revision-hash'] ?? '';
}

function isOrdered(set: StatefulSet): boolean {
  return (set.spec.podManagementPolicy ?? 'OrderedReady') === 'OrderedReady';
}

function updateIsPending(set: StatefulSet): boolean {
  const { currentRevision = '', updateRevision = '' } = set.status;
  return updateRevision !== '' && currentRevision !== updateRevision;
}

function readyEvidence(pod: Pod): Finding['evidence'] {
  const ref = refTo('Pod', pod);
  const ready = conditionOf(pod.status.conditions, 'Ready') ?? conditionOf(pod.status.conditions, 'PodScheduled');
  return [
    ready === undefined ? fromStatus(ref, 'status.phase', pod.status.phase ?? 'Pending') : fromCondition(ref, ready),
  ];
}

function sinceOf(pod: Pod): string {
  return conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? '';
}

/** A pod that crashes is ready for a moment each time that it starts, so its condition is always young. */
function stuckSince(snapshot: Snapshot, pod: Pod): string {
  const crash = crashingContainers(snapshot).find((one) => one.pod === pod);
  return (crash === undefined ? '' : crashBeganAt(snapshot, crash)) || sinceOf(pod);
}

function isStuck(snapshot: Snapshot, pod: Pod): boolean {
  const state = podProgress(snapshot, pod);
  return state === 'failing' || state === 'slow';
}

const patience = 2 * 60_000;

/** The corrected template is not applied because a pod of the broken one never becomes ready. */
function checkBroken(snapshot: Snapshot, set: StatefulSet, pods: readonly Pod[]): readonly Finding[] {
  const { updateRevision = '' } = set.status;
  const rolling = (set.spec.updateStrategy.type ?? 'RollingUpdate') === 'RollingUpdate';
  const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  if (!isOrdered(set) || !rolling || updateRevision === '') return [];
  const stuck = pods.find((pod) => {
    const held = ordinalOf(set, pod) < partition;
    return (
      !held &&
      revisionOf(pod) !== '' &&
      revisionOf(pod) !== updateRevision &&
      isStuck(snapshot, pod) &&
      (ageOf(snapshot, stuckSince(snapshot, pod)) ?? 0) >= patience
    );
  });
  if (stuck === undefined) return [];
  const ref = refTo('StatefulSet', set);
  const pod = refTo('Pod', stuck);
  const corrected =
    set.status.currentRevision === updateRevision ? 'the template was set back' : 'the template was changed since';
  return [
    finding(brokenRevision, {
      object: ref,
      confidence:
        set.status.currentRevision === updateRevision || correctedSince(snapshot, stuck).length > 0 ? 'high' : 'medium',
      cause: `Pod ${stuck.metadata.name} is of revision ${revisionOf(stuck)} and does not become ready; ${corrected}, but the StatefulSet waits for this pod before it applies revision ${updateRevision}.`,
      since: stuckSince(snapshot, stuck),
      evidence: [
        fromSpec(pod, 'metadata.labels.controller-revision-hash', revisionOf(stuck)),
        fromStatus(ref, 'status.updateRevision', updateRevision),
        ...readyEvidence(stuck),
      ],
      facet: stuck.metadata.name,
      because: [{ object: refByName('Node', '', stuck.spec.nodeName ?? ''), codes: ['node.'] }],
      nextSteps: [
        `Delete the failing pod; it is made again from the current template: \`kubectl -n ${stuck.metadata.namespace} delete pod ${stuck.metadata.name}\`.`,
      ],
      changes: [{ action: 'delete-pod', target: pod, params: {}, risk: 'medium' }],
    }),
  ];
}

/** `2` of `db-2`; Infinity when the name has none. */
function ordinalOf(set: StatefulSet, pod: Pod): number {
  const text = pod.metadata.name.slice(set.metadata.name.length + 1);
  return /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
}

function checkBlocked(snapshot: Snapshot, set: StatefulSet, pods: readonly Pod[]): readonly Finding[] {
  const desired = set.spec.replicas ?? 1;
  const waiting = pods.length < desired;
  if (!isOrdered(set) || desired < 2 || (!waiting && !updateIsPending(set))) return [];
  const first = pods.find((pod) => !isReady(pod) && !isTerminating(pod));
  if (first === undefined || !isStuck(snapshot, first)) return [];
  const ref = refTo('StatefulSet', set);
  const missing = desired - pods.length;
  const what = waiting
    ? `${missing === 1 ? 'one more pod is' : `${missing} more pods are`} not made`
    : 'the update does not go on';
  return [
    finding(blockedByPod, {
      object: ref,
      severity: (set.status.readyReplicas ?? 0) === 0 ? 'critical' : 'warning',
      cause: `Pod ${first.metadata.name} is not ready, and with podManagementPolicy OrderedReady ${what} before it is.`,
      since: sinceOf(first),
      evidence: [
        ...readyEvidence(first),
        fromSpec(ref, 'spec.podManagementPolicy', set.spec.podManagementPolicy ?? 'OrderedReady (default)'),
        fromStatus(ref, 'status.readyReplicas', `${set.status.readyReplicas ?? 0} of ${desired}`),
      ],
      facet: first.metadata.name,
      generic: true,
      because: [{ object: refTo('Pod', first) }, { object: ref, codes: ['statefulset.broken-revision'] }],
    }),
  ];
}

const settled = 10 * 60_000;

/** Held back by a setting: information. */
function checkHeldBack(snapshot: Snapshot, set: StatefulSet, pods: readonly Pod[]): readonly Finding[] {
  if (!updateIsPending(set)) return [];
  const ref = refTo('StatefulSet', set);
  const { updateRevision = '' } = set.status;
  const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  const evidence = [
    fromStatus(ref, 'status.updateRevision', updateRevision),
    fromStatus(ref, 'status.currentRevision', set.status.currentRevision ?? ''),
  ];
  if (set.spec.updateStrategy.type === 'OnDelete') {
    const old = pods.filter((pod) => revisionOf(pod) !== updateRevision).length;
    if (old === 0) return [];
    return [
      finding(onDelete, {
        object: ref,
        standing: 'expected',
        cause: `${old} of ${pods.length} pods still run the old template: with OnDelete somebody must delete them.`,
        evidence: [...evidence, fromSpec(ref, 'spec.updateStrategy.type', 'OnDelete')],
      }),
    ];
  }
  const newest = pods.filter((pod) => revisionOf(pod) === updateRevision);
  const moving = newest.some((pod) => (ageOf(snapshot, pod.metadata.creationTimestamp) ?? Infinity) < settled);
  if (partition === 0 || moving || newest.length < Math.max(0, pods.length - partition)) return [];
  return [
    finding(partitionLeft, {
      object: ref,
      standing: 'expected',
      cause: `partition ${partition} keeps ${pods.length - newest.length} of ${pods.length} pods at the old revision.`,
      evidence: [...evidence, fromSpec(ref, 'spec.updateStrategy.rollingUpdate.partition', String(partition))],
    }),
  ];
}

function check(snapshot: Snapshot, set: StatefulSet): readonly Finding[] {
  if (set.metadata.deletionTimestamp !== undefined || set.metadata.uid === '') return [];
  const pods = podsOwnedBy(snapshot, set.metadata.uid);
  if (pods.length === 0) return [];
  const broken = checkBroken(snapshot, set, pods);
  return [...broken, ...checkBlocked(snapshot, set, pods), ...checkHeldBack(snapshot, set, pods)];
}

export const statefulSet: Analyzer = {
  name: 'stateful-set',
  codes: [blockedByPod, brokenRevision, partitionLeft, onDelete],
  analyze: (snapshot) => snapshot.list('StatefulSet').flatMap((set) => check(snapshot, set)),
};
