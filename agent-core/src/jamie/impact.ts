import type { Ingress, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isReady } from '../reading/pod-status.ts';
import { workloadOf } from '../reading/owner.ts';
import { matchesLabels } from '../reading/selector.ts';
import { refKey } from '@autodevops/domain/object-ref';

/** Who notices. `weight`: 0 nobody known, 1 degraded, 2 a Service is down, 3 an entry from outside is down. */
export interface Impact {
  readonly sentence: string;
  readonly weight: 0 | 1 | 2 | 3;
}

function ingressesOf(snapshot: Snapshot, service: Service): readonly Ingress[] {
  const { namespace, name } = service.metadata;
  return snapshot
    .listIn('Ingress', namespace)
    .filter((ingress) =>
      [ingress.spec.defaultBackend, ...ingress.spec.rules.flatMap((r) => r.http.paths.map((p) => p.backend))].some(
        (backend) => backend?.service?.name === name,
      ),
    );
}

function hostsOf(ingresses: readonly Ingress[]): string {
  const hosts = [...new Set(ingresses.flatMap((i) => i.spec.rules.map((r) => r.host ?? '*')))];
  return hosts.slice(0, 3).join(', ') + (hosts.length > 3 ? ` and ${hosts.length - 3} more` : '');
}

function servingPods(snapshot: Snapshot, service: Service): readonly Pod[] {
  return snapshot
    .listIn('Pod', service.metadata.namespace)
    .filter((pod) => !isFinished(pod) && matchesLabels(service.spec.selector, pod.metadata.labels));
}

function isEntry(service: Service): boolean {
  return service.spec.type === 'LoadBalancer' || service.spec.type === 'NodePort';
}

function serviceImpact(snapshot: Snapshot, service: Service): Impact {
  const pods = servingPods(snapshot, service);
  const ready = pods.filter(isReady).length;
  const name = `${service.metadata.namespace}/${service.metadata.name}`;
  const ingresses = ingressesOf(snapshot, service);
  const through = ingresses.length > 0 ? `, which Ingress serves as ${hostsOf(ingresses)}` : '';
  if (ready === 0) {
    return {
      sentence: `Service ${name} has no ready endpoint${through}.`,
      weight: ingresses.length > 0 || isEntry(service) ? 3 : 2,
    };
  }
  if (ready < pods.length) return { sentence: `Service ${name} is served by ${ready} of ${pods.length} pods${through}.`, weight: 1 };
  return { sentence: '', weight: 0 };
}

/** The Services in front of the pods that are affected (or are themselves affected), the worst of them first. */
export function impactOf(snapshot: Snapshot, affected: readonly ObjectRef[]): Impact {
  const services = new Map<string, Service>();
  const podCount = new Set<string>();
  const workloads = new Set<string>();
  const remember = (service: Service): void => {
    services.set(`${service.metadata.namespace}/${service.metadata.name}`, service);
  };
  for (const ref of affected) {
    if (ref.kind === 'Service') {
      const service = snapshot.get('Service', ref.namespace, ref.name);
      if (service !== undefined && Object.keys(service.spec.selector).length > 0) remember(service);
    }
    if (ref.kind !== 'Pod') continue;
    const pod = snapshot.get('Pod', ref.namespace, ref.name);
    if (pod === undefined) continue;
    podCount.add(refKey(ref));
    workloads.add(refKey(workloadOf(snapshot, pod)));
    for (const service of snapshot.listIn('Service', ref.namespace)) {
      if (matchesLabels(service.spec.selector, pod.metadata.labels)) remember(service);
    }
  }
  const impacts = [...services.values()].map((s) => serviceImpact(snapshot, s)).filter((i) => i.weight > 0);
  impacts.sort((a, b) => b.weight - a.weight || a.sentence.localeCompare(b.sentence));
  const worst = impacts[0];
  if (worst === undefined) {
    const many = podCount.size > 1 ? `${podCount.size} pods of ${workloads.size === 1 ? 'one workload' : `${workloads.size} workloads`} are affected.` : '';
    return { sentence: many, weight: 0 };
  }
  const more = impacts.length - 1;
  const rest = more > 0 ? ` ${more} more ${more === 1 ? 'Service is' : 'Services are'} affected.` : '';
  return { sentence: worst.sentence + rest, weight: worst.weight };
}
