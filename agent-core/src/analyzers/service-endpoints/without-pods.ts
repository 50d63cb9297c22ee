import type { Finding } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { valueAt } from '../../reading/json-value.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';
import { podsNotReady, scaledToZero } from './codes.ts';
import { isIdleColour } from './idle-colour.ts';
import type { EmptyService } from './empty-service.ts';
import { severityOf, usersOf } from '../../reading/network/service-exposure.ts';

/** Something that starts the workload again when requests or work come: KEDA, Knative, an autoscaler that may go to zero. */
function wakesOnDemand(snapshot: Snapshot, workload: WorkloadTemplate): boolean {
  const { namespace, name } = workload.ref;
  if (Object.keys(workload.labels).some((key) => key.startsWith('serving.knative.dev/'))) return true;
  const autoscalers = snapshot.listIn('HorizontalPodAutoscaler', namespace);
  if (autoscalers.some((h) => h.spec.scaleTargetRef.name === name && h.spec.minReplicas === 0)) return true;
  return snapshot.custom.some(
    (c) =>
      (c.kind === 'ScaledObject' || c.kind === 'HTTPScaledObject') &&
      c.metadata.namespace === namespace &&
      valueAt(c.spec, 'scaleTargetRef', 'name') === name,
  );
}

/** Tools with which a person scales; anything else that wrote the scale is a program that does so on purpose. */
const byHand = ['kubectl', 'k9s', 'lens', 'oc', 'mozilla', 'node-fetch', 'unknown', 'okhttp'];

/**
 * Put to sleep by a program that keeps the number to wake it with: downscalers by a schedule or for want of use write it
 * into an annotation (kube-downscaler's `downscaler/original-replicas`, kube-green's, Argo Rollouts' and others).
 */
function isAsleep(snapshot: Snapshot, { ref }: WorkloadTemplate): boolean {
  if (ref.kind !== 'Deployment' && ref.kind !== 'StatefulSet') return false;
  const metadata = snapshot.get(ref.kind, ref.namespace, ref.name)?.metadata;
  if (metadata === undefined) return false;
  const keepsNumber = Object.entries(metadata.annotations).some(
    ([key, value]) =>
      /(?:original|previous|saved|last|old)[-_.]?(?:replica|scale|size)/i.test(key) && Number(value) > 0,
  );
  const writer = metadata.managers
    .filter((m) => m.subresource !== 'status')
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .at(-1)
    ?.manager.toLowerCase();
  return keepsNumber && (writer === undefined || !byHand.some((tool) => writer.startsWith(tool)));
}

/** The controller's words when it was scaled down: `Scaled down replica set web-1 from 4 to 0`. */
function scalingDown(snapshot: Snapshot, { ref }: WorkloadTemplate): ClusterEvent | undefined {
  return newestEvents(snapshot, ref, 'ScalingReplicaSet').find((event) =>
    /from [1-9]\d{0,5} to 0$/.test(event.message),
  );
}

function replicasBefore(event: ClusterEvent | undefined): number {
  return Number(/from (\d{1,6}) to 0$/.exec(event?.message ?? '')?.[1] ?? 1);
}

function checkScaledToZero(at: EmptyService, workload: WorkloadTemplate): Finding {
  const { snapshot, service } = at;
  const users = usersOf(snapshot, service);
  const onDemand =
    wakesOnDemand(snapshot, workload) || isAsleep(snapshot, workload) || isIdleColour(snapshot, service, workload);
  const problem = users.length > 0 && !onDemand;
  const isDaemonSet = workload.ref.kind === 'DaemonSet';
  const zero = isDaemonSet ? 'wants no pod on any node' : 'is scaled to zero';
  const by = problem ? `, while ${users.slice(0, 3).join(', ')} ${users.length === 1 ? 'uses' : 'use'} it` : '';
  const scaled = scalingDown(snapshot, workload);
  const path = isDaemonSet ? 'status.desiredNumberScheduled' : 'spec.replicas';
  return finding(scaledToZero, {
    object: at.ref,
    standing: problem ? 'current' : 'expected',
    severity: problem ? 'warning' : 'info',
    cause: `Service "${service.metadata.name}" has no endpoint because ${workload.ref.kind} "${workload.ref.name}" ${zero}${by}.`,
    since: problem ? (scaled?.last ?? '') : '',
    evidence: [fromSpec(workload.ref, path, '0'), ...(scaled === undefined ? [] : [fromEvent(scaled)])],
    because: problem ? [{ object: workload.ref }] : [],
    changes:
      problem && !isDaemonSet
        ? [{ action: 'scale', target: workload.ref, params: { replicas: replicasBefore(scaled) }, risk: 'medium' }]
        : [],
  });
}

function ownReplicaSets(snapshot: Snapshot, workload: WorkloadTemplate): ObjectRef[] {
  return snapshot
    .ownedBy(workload.ref.uid)
    .filter((owned) => owned.kind === 'ReplicaSet')
    .map((owned) => refTo('ReplicaSet', owned.object))
    .slice(0, 10);
}

/** The workload exists, its pods do not. */
export function checkWithoutPods(
  at: EmptyService & { readonly workloads: readonly WorkloadTemplate[] },
): Finding | undefined {
  const { snapshot, service } = at;
  const wanting = at.workloads.find((w) => w.replicas > 0);
  const idle = at.workloads[0];
  if (wanting === undefined) return idle === undefined ? undefined : checkScaledToZero(at, idle);
  // What counts ready pods has pods: they were not recorded.
  if (wanting.ready > 0 || (ageOf(snapshot, wanting.metadata.creationTimestamp) ?? Infinity) < 60_000) return undefined;
  const { kind, name, namespace } = wanting.ref;
  return finding(podsNotReady, {
    object: at.ref,
    severity: severityOf(snapshot, service),
    cause: `Service "${service.metadata.name}" has no endpoint: ${kind} "${name}" wants ${wanting.replicas} ${wanting.replicas === 1 ? 'pod' : 'pods'} and has none.`,
    evidence: [
      fromSpec(
        wanting.ref,
        kind === 'DaemonSet' ? 'status.desiredNumberScheduled' : 'spec.replicas',
        String(wanting.replicas),
      ),
    ],
    nextSteps: [
      `Look at the events of ${kind} "${name}" and its ReplicaSet to see why no pod is created: \`kubectl describe ${kind.toLowerCase()} ${name} -n ${namespace}\`.`,
    ],
    because: [wanting.ref, ...ownReplicaSets(snapshot, wanting)].map((object) => ({ object })),
    generic: true,
  });
}
