import type { Finding } from '@autodevops/domain/finding';
import type { EndpointSlice, Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  noPodHasRole,
  notListed,
  otherAddressFamily,
  podsNotReady,
  scaledToZero,
  selectorInOtherNamespace,
  selectorMatchesNothing,
} from './codes.ts';
import { checkNotReady } from './not-ready.ts';
import { checkNothingSelected } from './nothing-selected.ts';
import { checkUnlisted } from './unlisted.ts';

type Slices = ReadonlyMap<string, readonly EndpointSlice[]>;

function slicesByService(snapshot: Snapshot): Slices {
  const index = new Map<string, EndpointSlice[]>();
  for (const slice of snapshot.list('EndpointSlice')) {
    const name = slice.metadata.labels['kubernetes.io/service-name'];
    if (name !== undefined) pushTo(index, `${slice.metadata.namespace}/${name}`, slice);
  }
  return index;
}

/** An endpoint is listed as ready: whatever the labels say, the Service is served. Not said means ready, as the API defines it. */
function isServed(slices: readonly EndpointSlice[]): boolean {
  return slices.some((slice) => slice.endpoints.some((e) => e.conditions.ready !== false));
}

function isCounted(service: Service): boolean {
  const { metadata, spec } = service;
  if (metadata.deletionTimestamp !== undefined || spec.type === 'ExternalName') return false;
  // The cluster's own DNS has rules of its own.
  if (
    metadata.namespace === 'kube-system' &&
    (metadata.name === 'kube-dns' || metadata.labels['k8s-app'] === 'kube-dns')
  ) {
    return false;
  }
  return Object.keys(spec.selector).length > 0;
}

function isServing(service: Service, pod: Pod): boolean {
  return isReady(pod) || (service.spec.publishNotReadyAddresses === true && (pod.status.podIP ?? '') !== '');
}

function checkService(snapshot: Snapshot, service: Service, slices: readonly EndpointSlice[]): Finding | undefined {
  const pods = podsBehind(snapshot, service);
  const living = pods.filter((pod) => !isFinished(pod));
  if (living.some((pod) => isServing(service, pod))) return checkUnlisted(snapshot, service, slices, living);
  if (isServed(slices)) return undefined;
  const at = { snapshot, service, ref: refTo('Service', service) };
  if (living.length > 0) return checkNotReady({ ...at, pods: living });
  if (!snapshot.saw('Pod', service.metadata.namespace)) return undefined;
  return checkNothingSelected({ ...at, finished: pods });
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const slices = slicesByService(snapshot);
  return snapshot
    .list('Service')
    .filter(isCounted)
    .map((service) =>
      checkService(snapshot, service, slices.get(`${service.metadata.namespace}/${service.metadata.name}`) ?? []),
    )
    .filter((found) => found !== undefined);
}

export const serviceEndpoints: Analyzer = {
  name: 'service-endpoints',
  codes: [
    selectorMatchesNothing,
    selectorInOtherNamespace,
    noPodHasRole,
    podsNotReady,
    scaledToZero,
    otherAddressFamily,
    notListed,
  ],
  analyze,
};
