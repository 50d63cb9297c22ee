import type { IngressBackend } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podHostReferences, serviceOfHost } from './host-references.ts';
import type { PodHostReference } from './host-references.ts';
import { perSnapshot, perSnapshotInSteps } from '../per-snapshot.ts';
import type { LongIndex } from '../per-snapshot.ts';
import { isFinished } from '../pods/pod-status.ts';

/** A pod whose configuration names a Service. */
export interface ServiceCaller {
  readonly pod: Pod;
  readonly reference: PodHostReference;
}

function ingressRoutes(snapshot: Snapshot, index: Map<string, ObjectRef[]>): void {
  for (const ingress of snapshot.list('Ingress')) {
    const { rules, defaultBackend } = ingress.spec;
    const backends: (IngressBackend | undefined)[] = [
      defaultBackend,
      ...rules.flatMap((r) => r.http.paths.map((p) => p.backend)),
    ];
    const names = new Set(backends.map((b) => b?.service?.name).filter((n) => n !== undefined));
    for (const name of names) pushTo(index, `${ingress.metadata.namespace}/${name}`, refTo('Ingress', ingress));
  }
}

function gatewayRoutes(snapshot: Snapshot, index: Map<string, ObjectRef[]>): void {
  for (const route of snapshot.list('HTTPRoute')) {
    const backends = route.spec.rules
      .flatMap((rule) => rule.backendRefs)
      .filter((b) => (b.kind ?? 'Service') === 'Service');
    const keys = new Set(backends.map((b) => `${b.namespace ?? route.metadata.namespace}/${b.name}`));
    for (const key of keys) pushTo(index, key, refTo('HTTPRoute', route));
  }
}

function extensionRoutes(snapshot: Snapshot, index: Map<string, ObjectRef[]>): void {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const) {
    for (const configuration of snapshot.list(kind)) {
      const services = configuration.webhooks.map((w) => w.clientConfig.service).filter((s) => s !== undefined);
      const keys = new Set(services.map((s) => `${s.namespace}/${s.name}`));
      for (const key of keys) pushTo(index, key, refTo(kind, configuration));
    }
  }
  for (const api of snapshot.list('APIService')) {
    const { service } = api.spec;
    if (service !== undefined) pushTo(index, `${service.namespace}/${service.name}`, refTo('APIService', api));
  }
}

const routes = perSnapshot((snapshot) => {
  const index = new Map<string, ObjectRef[]>();
  ingressRoutes(snapshot, index);
  gatewayRoutes(snapshot, index);
  extensionRoutes(snapshot, index);
  return index;
});

/** Ingresses, HTTPRoutes, webhooks and APIServices that send requests to a Service. */
export function routesTo(
  snapshot: Snapshot,
  service: { readonly namespace: string; readonly name: string },
): readonly ObjectRef[] {
  return routes(snapshot).get(`${service.namespace}/${service.name}`) ?? [];
}

const podsInAStep = 250;

/** Callers by the namespace and name of the Service. */
export const callers: LongIndex<ReadonlyMap<string, readonly ServiceCaller[]>> = perSnapshotInSteps(
  function* (snapshot) {
    const index = new Map<string, ServiceCaller[]>();
    for (const [at, pod] of snapshot.list('Pod').entries()) {
      if (at % podsInAStep === 0) yield;
      if (isFinished(pod)) continue;
      for (const reference of podHostReferences(snapshot, pod)) {
        const service = serviceOfHost(snapshot, reference.host, pod.metadata.namespace);
        if (service !== undefined) pushTo(index, `${service.namespace}/${service.name}`, { pod, reference });
      }
    }
    return index;
  },
);

/** Living pods whose environment, command line or configuration names a Service, once for each mention. */
export function callersOf(
  snapshot: Snapshot,
  service: { readonly namespace: string; readonly name: string },
): readonly ServiceCaller[] {
  return callers.of(snapshot).get(`${service.namespace}/${service.name}`) ?? [];
}
