import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { serviceNamed, serviceOfHost } from './host-references.ts';
import { nearMatches } from '../near-match.ts';
import type { NetworkTarget } from './network-target.ts';
import { perSnapshot } from '../per-snapshot.ts';

/** What stands behind a host and port that a pod wanted to reach. */
export interface Dependency extends NetworkTarget {
  /** `in-pod` is localhost, `external` has a dot and is no Service's name, `unknown` is an address of nobody we know. */
  readonly kind: 'service' | 'pod' | 'in-pod' | 'missing-service' | 'external' | 'unknown';
  /** The Service or Pod; for a missing Service, its reference by name. */
  readonly ref: ObjectRef | undefined;
  /** The ports that the Service has, when the port that was asked for is not among them. */
  readonly otherPorts: readonly number[] | undefined;
  /** Namespaces that hold a Service of that name, and names like it in the same namespace. */
  readonly elsewhere: readonly string[];
  readonly alike: readonly string[];
}

interface Addresses {
  readonly services: ReadonlyMap<string, Service>;
  readonly pods: ReadonlyMap<string, Pod>;
  /** Service name → namespaces. */
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
}

const addressesOf = perSnapshot((snapshot): Addresses => {
  const services = new Map<string, Service>();
  const namespaces = new Map<string, string[]>();
  for (const service of snapshot.list('Service')) {
    const { name, namespace } = service.metadata;
    for (const ip of [service.spec.clusterIP ?? '', ...service.spec.externalIPs]) {
      if (ip !== '' && ip !== 'None') services.set(ip, service);
    }
    pushTo(namespaces, name, namespace);
  }
  const pods = new Map<string, Pod>();
  for (const pod of snapshot.list('Pod')) {
    const ip = pod.spec.hostNetwork === true || pod.status.phase !== 'Running' ? '' : (pod.status.podIP ?? '');
    if (ip !== '') pods.set(ip, pod);
  }
  return { services, pods, namespaces };
});

/** What a name without a Service was meant for; undefined when it can as well be a name outside. */
function meantService(
  snapshot: Snapshot,
  host: string,
  namespace: string,
): { name: string; namespace: string } | undefined {
  const certain = serviceNamed(host, namespace);
  if (certain !== undefined) return certain;
  const [name = '', second = '', ...rest] = host.replace(/\.$/, '').split('.');
  return rest.length === 0 && snapshot.get('Namespace', '', second) !== undefined
    ? { name, namespace: second }
    : undefined;
}

const bare = { ref: undefined, otherPorts: undefined, elsewhere: [], alike: [] };

function ofService(service: Service, target: NetworkTarget): Dependency {
  const ports = service.spec.ports.map((p) => p.port ?? 0).filter((p) => p > 0);
  // A headless Service gives the pods' addresses: its port list does not bind anybody.
  const headless = service.spec.clusterIP === 'None' || service.spec.type === 'ExternalName';
  const wrong = target.port !== undefined && !headless && ports.length > 0 && !ports.includes(target.port);
  return { ...bare, ...target, kind: 'service', ref: refTo('Service', service), otherPorts: wrong ? ports : undefined };
}

function byAddress(snapshot: Snapshot, target: NetworkTarget): Dependency {
  const { services, pods } = addressesOf(snapshot);
  const service = services.get(target.host);
  if (service !== undefined) return ofService(service, target);
  const pod = pods.get(target.host);
  return pod === undefined
    ? { ...bare, ...target, kind: 'unknown' }
    : { ...bare, ...target, kind: 'pod', ref: refTo('Pod', pod) };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

/** Finds out what a host and port are in this cluster, as seen from a namespace. */
export function dependencyOf(snapshot: Snapshot, namespace: string, target: NetworkTarget): Dependency {
  const { host } = target;
  if (host === '') return { ...bare, ...target, kind: 'unknown' };
  if (host === 'localhost' || host.startsWith('127.') || host === '0.0.0.0' || host === '::1') {
    return { ...bare, ...target, kind: 'in-pod' };
  }
  if (isAddress(host)) return byAddress(snapshot, target);
  const existing = serviceOfHost(snapshot, host, namespace);
  const service = existing === undefined ? undefined : snapshot.get('Service', existing.namespace, existing.name);
  if (service !== undefined) return ofService(service, target);
  const named = meantService(snapshot, host, namespace);
  if (named === undefined) return { ...bare, ...target, kind: 'external' };
  // A look at one namespace sees no Services of another, but whether that is there.
  const absent =
    snapshot.lacks('Service', named.namespace, named.name) || snapshot.lacks('Namespace', '', named.namespace);
  if (!absent) return { ...bare, ...target, kind: 'unknown' };
  return {
    ...target,
    kind: 'missing-service',
    ref: refByName('Service', named.namespace, named.name),
    otherPorts: undefined,
    elsewhere: (addressesOf(snapshot).namespaces.get(named.name) ?? [])
      .filter((n) => n !== named.namespace)
      .toSorted()
      .slice(0, 3),
    alike: nearMatches(
      named.name,
      snapshot.listIn('Service', named.namespace).map((s) => s.metadata.name),
    ),
  };
}

/** `db:5432`, `db`, `port 5432`, for a sentence; empty when nothing is known. */
export function targetText(target: NetworkTarget): string {
  if (target.host === '') return target.port === undefined ? '' : `port ${target.port}`;
  return target.port === undefined ? target.host : `${target.host}:${target.port}`;
}
