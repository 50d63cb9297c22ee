import type { Ingress, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { podsBehind, servicesBefore } from '../../reading/network/service-pods.ts';
import { isWholeDeployment } from '../../reading/workloads/workload-health.ts';

/** Who notices. `weight`: 0 nobody known, 1 degraded, 2 a Service is down, 3 an entry from outside is down. */
export interface Impact {
  readonly sentence: string;
  readonly weight: 0 | 1 | 2 | 3;
  /** The sentence says that everybody is served: true of what fails beside them, not of what they stand on. */
  readonly inFull?: true;
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
  return podsBehind(snapshot, service).filter((pod) => !isFinished(pod));
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
  if (ready === pods.length) return { sentence: '', weight: 0 };
  // A rollout that does not get on leaves one pod too many, not one too few.
  const whole = pods.every((pod) => isWholeDeployment(snapshot, workloadOf(snapshot, pod)));
  if (whole) {
    return {
      sentence: `Service ${name} is still served in full, by ${ready} ${ready === 1 ? 'pod' : 'pods'}${through}.`,
      weight: 0,
      inFull: true,
    };
  }
  return { sentence: `Service ${name} is served by ${ready} of ${pods.length} pods${through}.`, weight: 1 };
}

/** Services that are themselves affected, or stand before an affected pod. */
function affectedServices(
  snapshot: Snapshot,
  affected: readonly ObjectRef[],
  pods: readonly Pod[],
): readonly Service[] {
  const services = new Set<Service>();
  for (const ref of affected) {
    const service = ref.kind === 'Service' ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
    if (service !== undefined && Object.keys(service.spec.selector).length > 0) services.add(service);
  }
  for (const pod of pods) for (const service of servicesBefore(snapshot, pod)) services.add(service);
  return [...services];
}

function podsImpact(snapshot: Snapshot, pods: readonly Pod[]): Impact {
  if (pods.length < 2) return { sentence: '', weight: 0 };
  const { size } = new Set(pods.map((pod) => refKey(workloadOf(snapshot, pod))));
  return {
    sentence: `${pods.length} pods of ${size === 1 ? 'one workload' : `${size} workloads`} are affected.`,
    weight: 0,
  };
}

/** The Services in front of the pods that are affected (or are themselves affected), the worst of them first. */
export function impactOf(snapshot: Snapshot, affected: readonly ObjectRef[]): Impact {
  const found = affected.map((ref) => (ref.kind === 'Pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined));
  const pods = [...new Set(found.filter((pod) => pod !== undefined))];
  const impacts = affectedServices(snapshot, affected, pods)
    .map((service) => serviceImpact(snapshot, service))
    .filter((i) => i.sentence !== '');
  const [worst] = impacts.toSorted((a, b) => b.weight - a.weight || a.sentence.localeCompare(b.sentence));
  if (worst === undefined) return podsImpact(snapshot, pods);
  const more = impacts.filter((i) => i.weight > 0).length - (worst.weight > 0 ? 1 : 0);
  const rest = more > 0 ? ` ${more} more ${more === 1 ? 'Service is' : 'Services are'} affected.` : '';
  return { ...worst, sentence: worst.sentence + rest };
}
