import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { balancerSteps, pendingSteps } from '../../evidence/balancer-steps.ts';
import { controllerEvidence } from '../../evidence/controller-evidence.ts';
import { finding, fromCondition, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { balancerControllers } from '../../reading/platform/balancer-controllers.ts';
import { loadBalancerFailed, loadBalancerPending } from './codes.ts';

const patience = 5 * 60_000;
const day = 24 * 3_600_000;

const failures = [
  'SyncLoadBalancerFailed',
  'CreatingLoadBalancerFailed',
  'AllocationFailed',
  'FailedBuildModel',
  'FailedDeployModel',
  'UnAvailableLoadBalancer',
  'EnsureLoadBalancerFailed',
];

/** Made for one machine: there nobody gives addresses unless something is added. */
function isLocalCluster(snapshot: Snapshot): boolean {
  const nodes = snapshot.list('Node');
  return nodes.some((n) => {
    const { name, labels } = n.metadata;
    const provider = n.spec.providerID ?? '';
    return (
      provider.startsWith('kind://') ||
      name === 'docker-desktop' ||
      Object.keys(labels).some((key) => key.startsWith('minikube.k8s.io/'))
    );
  });
}

function othersHaveAddresses(snapshot: Snapshot): boolean {
  return snapshot
    .list('Service')
    .some((s) => s.spec.type === 'LoadBalancer' && s.status.loadBalancer.ingress.length > 0);
}

function pending(snapshot: Snapshot, service: Service, age: number): Finding {
  const ref = refTo('Service', service);
  const local = isLocalCluster(snapshot) && !othersHaveAddresses(snapshot);
  const lasting = age > day && !othersHaveAddresses(snapshot);
  const loadBalancerClass =
    service.spec.loadBalancerClass === undefined ? '' : ` of class "${service.spec.loadBalancerClass}"`;
  // Whoever gives addresses may say in a condition why it gives none: Cilium's IPAMRequestSatisfied, for one.
  const refused = service.status.conditions.find((c) => c.status === 'False' && c.message !== '');
  const why = local ? ', as no load balancer is part of such a local cluster' : '';
  const heard = controllerEvidence(snapshot, balancerControllers(snapshot), ref);
  const cause =
    refused !== undefined
      ? `waits for a load balancer${loadBalancerClass}: ${rootError(refused.message)}`
      : heard.says === ''
        ? `waits for a load balancer${loadBalancerClass} that nobody provides${why}`
        : `waits for a load balancer${loadBalancerClass}, as its controller says in its log: ${heard.says}`;
  return finding(loadBalancerPending, {
    object: ref,
    standing: local ? 'expected' : 'current',
    severity: local || lasting ? 'info' : 'warning',
    confidence: 'medium',
    cause: `Service "${service.metadata.name}" ${cause}.`,
    evidence: [
      ...(refused === undefined ? [] : [fromCondition(ref, refused)]),
      ...heard.evidence,
      fromStatus(ref, 'status.loadBalancer', '{}', service.metadata.creationTimestamp ?? ''),
    ],
    since: service.metadata.creationTimestamp ?? '',
    nextSteps: [...(local ? [] : pendingSteps(snapshot, service)), ...loadBalancerPending.nextSteps],
    because: heard.because,
  });
}

export function checkLoadBalancer(snapshot: Snapshot, service: Service): Finding | undefined {
  if (service.spec.type !== 'LoadBalancer' || service.status.loadBalancer.ingress.length > 0) return undefined;
  const ref = refTo('Service', service);
  const [failure] = newestEvents(snapshot, ref, ...failures).filter((e) => isRecent(snapshot, e.last));
  if (failure !== undefined) {
    return finding(loadBalancerFailed, {
      object: ref,
      cause: `The load balancer of Service "${service.metadata.name}" cannot be set up: ${rootError(failure.message) || failure.reason}.`,
      evidence: [fromEvent(failure)],
      since: failure.first ?? '',
      nextSteps: [...balancerSteps(failure.message), ...loadBalancerFailed.nextSteps],
    });
  }
  const age = ageOf(snapshot, service.metadata.creationTimestamp);
  return age === undefined || age < patience ? undefined : pending(snapshot, service, age);
}
