import type { Severity } from '@autodevops/domain/diagnosis';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from '../workloads/owner.ts';
import { matchesLabels } from '../selector.ts';
import { callersOf, routesTo } from './service-users.ts';

/** Who sends requests to a Service, as far as configuration tells; empty when nobody is known. */
export function usersOf(snapshot: Snapshot, service: Service): readonly string[] {
  const routes = routesTo(snapshot, service.metadata).map(refText);
  const callers = callersOf(snapshot, service.metadata).map(({ pod }) => pod);
  const others = callers.filter((pod: Pod) => !isOwn(service, pod));
  return [...new Set([...routes, ...others.map((pod) => refText(workloadOf(snapshot, pod)))])];
}

/** A pod that the Service itself selects: peers of one workload name each other through it. */
function isOwn(service: Service, pod: Pod): boolean {
  return (
    pod.metadata.namespace === service.metadata.namespace && matchesLabels(service.spec.selector, pod.metadata.labels)
  );
}

export function isEntry(service: Service): boolean {
  return service.spec.type === 'LoadBalancer' || service.spec.type === 'NodePort';
}

/** Critical where something is known to send requests to the Service. */
export function severityOf(snapshot: Snapshot, service: Service): Severity {
  return isEntry(service) || usersOf(snapshot, service).length > 0 ? 'critical' : 'warning';
}
