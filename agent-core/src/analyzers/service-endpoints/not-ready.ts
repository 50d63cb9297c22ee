import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { roomOnItsWay, waitsForNode } from '../../reading/scheduling/unscheduled-pod.ts';
import { podsNotReady } from './codes.ts';
import { severityOf } from '../../reading/network/service-exposure.ts';

const startingTime = 2 * 60_000;
const mostNamed = 20;

/** Created a moment ago and not failing, or waiting for a node that has been ordered: it is starting. */
function isStarting(snapshot: Snapshot, pod: Pod): boolean {
  if (waitsForNode(pod) && roomOnItsWay(snapshot, refTo('Pod', pod)) !== undefined) return true;
  const age = ageOf(snapshot, pod.metadata.creationTimestamp);
  const restarts = pod.status.containerStatuses.some(
    (s) => (s.restartCount ?? 0) > 0 || (s.state.waiting?.reason ?? '').includes('Back'),
  );
  return age !== undefined && age < startingTime && !restarts;
}

function evidenceOf(pod: Pod) {
  const ref = refTo('Pod', pod);
  const ready = conditionOf(pod.status.conditions, 'Ready');
  return ready === undefined
    ? fromStatus(ref, 'status.phase', pod.status.phase ?? 'no phase')
    : fromCondition(ref, ready);
}

/** When the last of the pods stopped being ready. */
function sinceOf(pods: readonly Pod[]): string {
  const times = pods.map(
    (pod) => conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? '',
  );
  return times.toSorted().at(-1) ?? '';
}

/** Pods are selected, and none of them is ready. */
export function checkNotReady(at: {
  snapshot: Snapshot;
  service: Service;
  ref: ObjectRef;
  pods: readonly Pod[];
}): Finding | undefined {
  const { snapshot, service, ref, pods } = at;
  if (pods.every((pod) => isStarting(snapshot, pod))) return undefined;
  if (pods.every((pod) => pod.metadata.ownerReferences.some((owner) => owner.kind === 'Job'))) return undefined;
  const workloads = new Map(pods.map((pod) => [workloadOf(snapshot, pod).name, workloadOf(snapshot, pod)]));
  const names = [...workloads.values()].slice(0, 3).map((w) => `${w.kind} "${w.name}"`);
  const count = pods.length === 1 ? 'the only pod' : `none of the ${pods.length} pods`;
  const verb = pods.length === 1 ? 'is not ready' : 'is ready';
  return finding(podsNotReady, {
    object: ref,
    severity: severityOf(snapshot, service),
    cause: `Service "${service.metadata.name}" has no endpoint: ${count} that it selects (${names.join(', ')}) ${verb}.`,
    evidence: pods.slice(0, 3).map(evidenceOf),
    since: sinceOf(pods),
    because: [...workloads.values(), ...pods.slice(0, mostNamed).map((pod) => refTo('Pod', pod))].map((object) => ({
      object,
    })),
    generic: true,
  });
}
