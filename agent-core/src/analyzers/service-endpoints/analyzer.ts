import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import { noPodHasRole, podsNotReady, scaledToZero, selectorInOtherNamespace, selectorMatchesNothing } from './codes.ts';
import { checkNotReady } from './not-ready.ts';
import { checkNothingSelected } from './nothing-selected.ts';

function slicesHaveReady(snapshot: Snapshot, ready: ReadonlySet<string>, service: Service): boolean {
  return snapshot.saw('EndpointSlice') && ready.has(`${service.metadata.namespace}/${service.metadata.name}`);
}

/** Services with an endpoint that the API lists as ready: whatever the labels say, they are served. */
function servedBySlices(snapshot: Snapshot): ReadonlySet<string> {
  const served = new Set<string>();
  for (const slice of snapshot.list('EndpointSlice')) {
    const name = slice.metadata.labels['kubernetes.io/service-name'];
    // Not said means ready, as the API defines it.
    if (name !== undefined && slice.endpoints.some((e) => e.conditions.ready !== false)) served.add(`${slice.metadata.namespace}/${name}`);
  }
  return served;
}

function isCounted(service: Service): boolean {
  const { metadata, spec } = service;
  if (metadata.deletionTimestamp !== undefined || spec.type === 'ExternalName') return false;
  // The cluster's own DNS has rules of its own.
  if (metadata.namespace === 'kube-system' && (metadata.name === 'kube-dns' || metadata.labels['k8s-app'] === 'kube-dns')) return false;
  return Object.keys(spec.selector).length > 0;
}

function isServing(service: Service, pod: Pod): boolean {
  return isReady(pod) || (service.spec.publishNotReadyAddresses === true && (pod.status.podIP ?? '') !== '');
}

function checkService(snapshot: Snapshot, service: Service, served: ReadonlySet<string>): Finding | undefined {
  const pods = podsBehind(snapshot, service);
  const living = pods.filter((pod) => !isFinished(pod));
  if (living.some((pod) => isServing(service, pod))) return undefined;
  if (slicesHaveReady(snapshot, served, service)) return undefined;
  const at = { snapshot, service, ref: refTo('Service', service) };
  if (living.length > 0) return checkNotReady({ ...at, pods: living });
  if (!snapshot.saw('Pod', service.metadata.namespace)) return undefined;
  return checkNothingSelected({ ...at, finished: pods });
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const served = servedBySlices(snapshot);
  return snapshot
    .list('Service')
    .filter(isCounted)
    .map((service) => checkService(snapshot, service, served))
    .filter((found) => found !== undefined);
}

export const serviceEndpoints: Analyzer = {
  name: 'service-endpoints',
  kinds: ['Service', 'Pod', 'EndpointSlice'],
  codes: [selectorMatchesNothing, selectorInOtherNamespace, noPodHasRole, podsNotReady, scaledToZero],
  analyze,
};
