import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Facts } from '@autodevops/domain/change/plan';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { matchesLabels } from '../../reading/selector.ts';
import { changedObjects, labelsOf, manifestKey } from './touch.ts';
import type { Touch } from './touch.ts';

const Service = z.looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()).catch({}).default({}) }).default({ selector: {} }) });
const EndpointSlice = z.looseObject({
  endpoints: z.array(z.looseObject({
    conditions: z.looseObject({ ready: z.boolean().nullish() }).optional(),
    targetRef: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }).optional(),
    addresses: z.array(z.string()).catch([]).default([]),
  })).nullish(),
});
const serviceName = 'kubernetes.io/service-name';

interface Reach {
  readonly service: string;
  readonly touched: number;
  readonly ready: number;
}

function podsIn(touches: readonly Touch[], namespace: string): readonly Manifest[] {
  return touches.flatMap(({ pods }) => pods).filter((pod) => pod.metadata.namespace === namespace);
}

/** Ready endpoints by name, each once: a pod has one in every address family. Unknown readiness counts as ready, as for the proxies. */
function readyEndpoints(slices: readonly Manifest[]): ReadonlySet<string> {
  const endpoints = slices.flatMap((slice) => EndpointSlice.parse(slice).endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
  return new Set(endpoints.map(({ targetRef, addresses }) => (targetRef?.kind === 'Pod' && targetRef.name !== undefined ? targetRef.name : (addresses[0] ?? ''))));
}

function touchedAtOnce(touches: readonly Touch[], namespace: string, ready: ReadonlySet<string>): number {
  const each = touches.map(({ pods, atOnce }) => Math.min(atOnce, new Set(pods.filter((pod) => pod.metadata.namespace === namespace && ready.has(pod.metadata.name)).map(manifestKey)).size));
  return Math.min(ready.size, each.reduce((sum, count) => sum + count, 0));
}

function reachOf(service: Manifest, slices: readonly Manifest[], touches: readonly Touch[]): Reach | undefined {
  const namespace = service.metadata.namespace ?? '';
  const { selector } = Service.parse(service).spec;
  const itself = changedObjects(touches).some(({ kind, apiVersion, namespace: place, name }) => kind === 'Service' && apiVersion === 'v1' && place === namespace && name === service.metadata.name);
  if (!itself && !podsIn(touches, namespace).some((pod) => matchesLabels(selector, labelsOf(pod)))) return undefined;
  const ready = readyEndpoints(slices.filter((slice) => labelsOf(slice)[serviceName] === service.metadata.name));
  return { service: `${namespace}/${service.metadata.name}`, touched: itself ? ready.size : touchedAtOnce(touches, namespace, ready), ready: ready.size };
}

async function reachesIn(namespace: string, touches: readonly Touch[], view: ClusterView, signal: AbortSignal): Promise<readonly Reach[]> {
  const services = await view.list({ apiVersion: 'v1', kind: 'Service', namespace }, { signal });
  if (services.length === 0) return [];
  const slices = await view.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace }, { signal });
  return services.flatMap((service) => reachOf(service, slices, touches) ?? []);
}

function share({ touched, ready }: Reach): number {
  return ready === 0 ? 0 : touched / ready;
}

/** Who notices: the Services behind which something goes away for a while, and how much of the worst hit one. */
export async function blastRadius(touches: readonly Touch[], view: ClusterView, signal: AbortSignal): Promise<NonNullable<Facts['blastRadius']>> {
  const objects = changedObjects(touches);
  const pods = new Set(touches.flatMap(({ pods: own }) => own.map(manifestKey)));
  const places = [...objects.map(({ kind, namespace, name }) => (kind === 'Namespace' ? name : namespace)), ...touches.flatMap(({ pods: own }) => own.map((pod) => pod.metadata.namespace ?? ''))];
  const namespaces = [...new Set(places.filter((namespace) => namespace !== ''))].toSorted();
  const reaches = (await Promise.all(namespaces.map((namespace) => reachesIn(namespace, touches, view, signal)))).flat();
  const [worst] = reaches.toSorted((a, b) => share(b) - share(a) || b.ready - a.ready);
  return {
    objects: new Set([...pods, ...objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`)]).size,
    services: reaches.map(({ service }) => service).toSorted(),
    namespaces,
    shareOfReadyEndpoints: worst === undefined ? 0 : share(worst),
    ...(worst === undefined ? {} : { readyEndpoints: worst.ready }),
  };
}
