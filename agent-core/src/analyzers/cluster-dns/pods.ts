import type { Finding } from '@autodevops/domain/finding';
import { refText, refTo } from '@autodevops/domain/object-ref';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionOf, isReady } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { labelsText } from '../../reading/selector.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import { missing, notReady, scaledToZero } from './codes.ts';
import type { ClusterDns } from './dns-workload.ts';

function checkAbsent(dns: ClusterDns): Finding | undefined {
  const { snapshot, service, ref, workloads } = dns;
  const { namespace } = service.metadata;
  const zero = workloads.length > 0 && workloads.every((w) => w.replicas === 0) ? workloads[0] : undefined;
  if (zero !== undefined) {
    return finding(scaledToZero, {
      object: zero.ref,
      cause: `${zero.ref.kind} "${zero.ref.name}", which answers for the cluster DNS, is scaled to zero.`,
      evidence: [
        fromSpec(zero.ref, zero.ref.kind === 'DaemonSet' ? 'status.desiredNumberScheduled' : 'spec.replicas', '0'),
      ],
    });
  }
  if (!snapshot.saw('Pod', namespace)) return undefined;
  const [wanting] = workloads;
  if (wanting !== undefined) {
    return finding(notReady, {
      object: ref,
      cause: `The cluster DNS has no pod: ${refText(wanting.ref)} wants ${wanting.replicas} and has none.`,
      evidence: [fromSpec(wanting.ref, 'spec.replicas', String(wanting.replicas))],
      because: [
        { object: wanting.ref },
        ...snapshot
          .ownedBy(wanting.ref.uid)
          .filter((o) => o.kind === 'ReplicaSet')
          .slice(0, 10)
          .map((o) => ({ object: refTo('ReplicaSet', o.object) })),
      ],
      generic: true,
    });
  }
  if (!snapshot.saw('Deployment', namespace) || !snapshot.saw('DaemonSet', namespace)) return undefined;
  const selector = labelsText(service.spec.selector);
  const candidate = workloadTemplates(snapshot, namespace).find(
    (w) => w.replicas > 0 && (w.labels['k8s-app'] === 'kube-dns' || w.ref.name.includes('coredns')),
  );
  const labels = candidate === undefined ? '' : labelsText(candidate.labels);
  return finding(missing, {
    object: ref,
    cause: `Service "${service.metadata.name}", the cluster DNS, selects ${selector}, which no pod and no workload in "${namespace}" has${candidate === undefined ? '' : `; the pods of ${refText(candidate.ref)} have ${labels}`}.`,
    evidence: [
      fromSpec(ref, 'spec.selector', selector),
      ...(candidate === undefined ? [] : [fromSpec(candidate.ref, candidate.labelsPath, labels)]),
    ],
    since: candidate === undefined ? '' : lastChange(service),
    ...(candidate === undefined
      ? {}
      : {
          nextSteps: [
            `Set the selector of Service "${service.metadata.name}" to what the pods have: \`kubectl -n ${namespace} edit service ${service.metadata.name}\`.`,
          ],
        }),
  });
}

/** Somebody is there to answer. */
export function checkPods(dns: ClusterDns): Finding | undefined {
  const { snapshot, pods, ref } = dns;
  if (pods.length === 0) return checkAbsent(dns);
  if (pods.some(isReady)) return undefined;
  const young = pods.every((pod) => (ageOf(snapshot, pod.metadata.creationTimestamp) ?? Infinity) < 60_000);
  if (young) return undefined;
  const times = pods
    .map((pod) => conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? '')
    .filter((t) => t !== '');
  return finding(notReady, {
    object: ref,
    cause: `None of the ${pods.length} pods of the cluster DNS is ready.`,
    evidence: pods.slice(0, 3).map((pod) => {
      const ready = conditionOf(pod.status.conditions, 'Ready');
      return ready === undefined
        ? fromStatus(refTo('Pod', pod), 'status.phase', pod.status.phase ?? '')
        : fromCondition(refTo('Pod', pod), ready);
    }),
    since: times.toSorted().at(-1) ?? '',
    because: [...dns.workloads.map((w) => w.ref), ...pods.slice(0, 20).map((pod) => refTo('Pod', pod))].map(
      (object) => ({ object }),
    ),
    generic: true,
  });
}
