import type { Because, Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { podProgress } from '../../reading/pods/readiness/pod-progress.ts';
import { conditionOf, isReady } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { notObserved, unavailable } from './codes.ts';
import { replicatedWorkloads } from './replicated.ts';
import type { Replicated } from './replicated.ts';

const patience = 60_000;

function becauseOf(workload: Replicated, unready: readonly Pod[]): readonly Because[] {
  const pods = unready.slice(0, 100).map((pod) => ({ object: refTo('Pod', pod) }));
  const sets = workload.replicaSets.map((set) => ({ object: refTo('ReplicaSet', set) }));
  return [
    {
      object: workload.ref,
      codes: ['workload.rollout-', 'workload.strategy-', 'workload.pods-not-created', 'statefulset.', 'daemonset.'],
    },
    ...sets,
    ...pods,
  ];
}

/** When it began: the Available condition, else the latest of the first failures among its pods. */
function sinceOf(workload: Replicated, unready: readonly Pod[]): string {
  const available = conditionOf(workload.conditions, 'Available');
  if (available?.status === 'False' && available.lastTransitionTime !== undefined) return available.lastTransitionTime;
  const times = unready.flatMap(
    (pod) => conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? [],
  );
  return times.toSorted()[0] ?? workload.object.metadata.creationTimestamp ?? '';
}

/** Nothing fails: what is missing is being made, or starts within its time. */
function isOnItsWay(snapshot: Snapshot, workload: Replicated, unready: readonly Pod[]): boolean {
  const progressing = conditionOf(workload.conditions, 'Progressing');
  if (progressing?.status === 'False') return false;
  const states = unready.map((pod) => podProgress(snapshot, pod));
  const present = states.filter((state) => state !== 'gone');
  if (present.some((state) => state === 'failing' || state === 'slow')) return false;
  const created = ageOf(snapshot, workload.object.metadata.creationTimestamp) ?? Infinity;
  const changed = ageOf(snapshot, lastChange(workload.object)) ?? Infinity;
  const leaving = unready.length > present.length;
  return present.length > 0 || leaving || Math.min(created, changed) < patience;
}

function checkUnavailable(snapshot: Snapshot, workload: Replicated): readonly Finding[] {
  const { desired, ready, ref } = workload;
  if (desired === 0 || ready >= desired) return [];
  const unready = workload.pods.filter((pod) => !isReady(pod));
  const since = sinceOf(workload, unready);
  const onItsWay = isOnItsWay(snapshot, workload, unready);
  const young = (ageOf(snapshot, since) ?? Infinity) < patience;
  if (young && !onItsWay && unready.length === 0) return [];
  const missing = desired - workload.pods.filter((pod) => podProgress(snapshot, pod) !== 'gone').length;
  const condition = conditionOf(workload.conditions, 'Available');
  const lack =
    missing > 0 && snapshot.saw('Pod', ref.namespace)
      ? `, ${missing === 1 ? 'one has' : `${missing} have`} not been created`
      : '';
  return [
    finding(unavailable, {
      object: ref,
      severity: ready === 0 ? 'critical' : 'warning',
      standing: onItsWay ? 'progressing' : 'current',
      cause: `${refText(ref)} has ${ready} of ${desired} ${desired === 1 ? 'pod' : 'pods'} ready${lack}.`,
      since,
      evidence: [
        fromStatus(ref, workload.readyPath, `${ready} of ${desired}`),
        ...(condition?.status === 'False' ? [fromCondition(ref, condition)] : []),
      ],
      generic: true,
      because: becauseOf(workload, unready),
    }),
  ];
}

function checkObserved(snapshot: Snapshot, workload: Replicated): readonly Finding[] {
  const { ref, object, observedGeneration } = workload;
  const generation = object.metadata.generation ?? 0;
  const waited = ageOf(snapshot, lastChange(object)) ?? 0;
  if (generation <= (observedGeneration ?? 0) || waited < patience) return [];
  const pods = controlPlanePods(snapshot, 'kube-controller-manager');
  return [
    finding(notObserved, {
      object: ref,
      confidence: lastChange(object) === '' ? 'low' : 'high',
      cause: `${refText(ref)} was changed ${formatDuration(waited)} ago (generation ${generation}), and its controller has seen generation ${observedGeneration ?? 0} only.`,
      since: lastChange(object),
      evidence: [
        fromSpec(ref, 'metadata.generation', String(generation)),
        fromStatus(ref, 'status.observedGeneration', String(observedGeneration ?? 0)),
      ],
      because: [
        { object: refByName('Lease', 'kube-system', 'kube-controller-manager'), codes: ['control-plane.'] },
        ...pods.map((pod) => ({ object: refTo('Pod', pod), codes: ['control-plane.', 'pod.'] })),
      ],
    }),
  ];
}

export const workloadAvailability: Analyzer = {
  name: 'workload-availability',
  codes: [unavailable, notObserved],
  analyze: (snapshot) =>
    replicatedWorkloads(snapshot).flatMap((workload) => {
      const unseen = checkObserved(snapshot, workload);
      return unseen.length > 0 ? unseen : checkUnavailable(snapshot, workload);
    }),
};
