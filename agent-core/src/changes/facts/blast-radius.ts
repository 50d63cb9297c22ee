import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Facts } from '@autodevops/domain/change/plan';
import type { ClusterView, ObjectName } from '@autodevops/domain/ports/cluster-objects';
import { matchesLabels } from '../../reading/selector.ts';
import { endpointLoss, isRerouted, joinsService } from './endpoint-loss.ts';
import type { BeforeAfter } from './before-after.ts';
import { steersTool } from './steers-tool.ts';
import { changedObjects, labelsOf, manifestKey, reachedObjects } from './touch.ts';
import type { Touch } from './touch.ts';

const Service = z.looseObject({
  spec: z.looseObject({ selector: z.record(z.string(), z.string()).catch({}).default({}) }).default({ selector: {} }),
});
const EndpointSlice = z.looseObject({
  endpoints: z
    .array(
      z.looseObject({
        conditions: z.looseObject({ ready: z.boolean().nullish() }).optional(),
        targetRef: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }).optional(),
        addresses: z.array(z.string()).catch([]).default([]),
      }),
    )
    .nullish(),
});
const serviceName = 'kubernetes.io/service-name';

/** What reaches: the pods that actions speak of, and the objects as they are and would be. */
export interface Reaching {
  readonly touches: readonly Touch[];
  readonly changes: readonly BeforeAfter[];
}

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
  const endpoints = slices
    .flatMap((slice) => EndpointSlice.parse(slice).endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false);
  return new Set(
    endpoints.map(({ targetRef, addresses }) =>
      targetRef?.kind === 'Pod' && targetRef.name !== undefined ? targetRef.name : (addresses[0] ?? ''),
    ),
  );
}

function touchedAtOnce(touches: readonly Touch[], namespace: string, ready: ReadonlySet<string>): number {
  const each = touches.map(({ pods, atOnce }) =>
    Math.min(
      atOnce,
      new Set(
        pods.filter((pod) => pod.metadata.namespace === namespace && ready.has(pod.metadata.name)).map(manifestKey),
      ).size,
    ),
  );
  return Math.min(
    ready.size,
    each.reduce((sum, count) => sum + count, 0),
  );
}

function isItself(service: Manifest, { apiVersion, kind, namespace, name }: ObjectName): boolean {
  return (
    kind === 'Service' &&
    apiVersion === 'v1' &&
    namespace === service.metadata.namespace &&
    name === service.metadata.name
  );
}

/** Without a dry run of it, whatever is done to a Service may send its traffic elsewhere. */
function isReroutedBy(service: Manifest, { touches, changes }: Reaching): boolean {
  if (!changedObjects(touches).some((name) => isItself(service, name))) return false;
  const change = changes.find(({ object }) => isItself(service, object));
  return change === undefined || isRerouted(change);
}

function reachOf(service: Manifest, slices: readonly Manifest[], reaching: Reaching): Reach | undefined {
  const { touches, changes } = reaching;
  const namespace = service.metadata.namespace ?? '';
  const { selector } = Service.parse(service).spec;
  const rerouted = isReroutedBy(service, reaching);
  const joined = changes.some((change) => joinsService(change, { namespace, selector }));
  if (!rerouted && !joined && !podsIn(touches, namespace).some((pod) => matchesLabels(selector, labelsOf(pod)))) {
    return undefined;
  }
  const names = readyEndpoints(slices.filter((slice) => labelsOf(slice)[serviceName] === service.metadata.name));
  const ready = podsIn(touches, namespace).filter((pod) => names.has(pod.metadata.name));
  const lost = endpointLoss(changes, {
    namespace,
    selector,
    ready: [...new Map(ready.map((pod) => [manifestKey(pod), pod])).values()],
  });
  const touched = rerouted ? names.size : Math.max(lost, touchedAtOnce(touches, namespace, names));
  return { service: `${namespace}/${service.metadata.name}`, touched, ready: names.size };
}

async function reachesIn(
  namespace: string,
  reaching: Reaching,
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly Reach[]> {
  const services = await view.list({ apiVersion: 'v1', kind: 'Service', namespace }, { signal });
  if (services.length === 0) return [];
  const slices = await view.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace }, { signal });
  return services.flatMap((service) => reachOf(service, slices, reaching) ?? []);
}

function share({ touched, ready }: Reach): number {
  return ready === 0 ? 0 : touched / ready;
}

/** Namespaces in which something goes or changes. Where it is known what a tool keeps, the object that steers it is no place. */
function placesOf(touch: Touch): readonly string[] {
  const objects =
    touch.reaches === undefined
      ? changedObjects([touch])
      : [...changedObjects([touch]).filter((name) => !steersTool(name)), ...touch.reaches];
  const places = [
    ...objects.map(({ kind, namespace, name }) => (kind === 'Namespace' ? name : namespace)),
    ...touch.pods.map((pod) => pod.metadata.namespace ?? ''),
  ];
  return places.filter((place) => place !== '');
}

/** Who notices: the Services behind which something goes away for a while, and how much of the worst hit one. */
export async function blastRadius(
  { touches, changes }: Reaching,
  view: ClusterView,
  signal: AbortSignal,
): Promise<NonNullable<Facts['blastRadius']>> {
  const objects = reachedObjects(touches);
  const pods = new Set(touches.flatMap(({ pods: own }) => own.map(manifestKey)));
  const namespaces = [...new Set(touches.flatMap(placesOf))].toSorted();
  const reaches = (
    await Promise.all(namespaces.map((namespace) => reachesIn(namespace, { touches, changes }, view, signal)))
  ).flat();
  const [worst] = reaches.toSorted((a, b) => share(b) - share(a) || b.ready - a.ready);
  return {
    objects: new Set([...pods, ...objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`)]).size,
    services: reaches.map(({ service }) => service).toSorted(),
    namespaces,
    shareOfReadyEndpoints: worst === undefined ? 0 : share(worst),
    ...(worst === undefined ? {} : { readyEndpoints: worst.ready }),
  };
}
