import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { isReady } from '../../reading/pods/pod-status.ts';
import type { Live, Standing } from '../action.ts';
import { liveTarget } from './live-target.ts';
import { podsLabelled } from '../standing/pods-of.ts';
import { refuse } from '../refusal.ts';
import { countText } from '../sentences.ts';

export function selectorOf(service: Manifest): Readonly<Record<string, string>> {
  return kinds.Service.shape.read(service).spec.selector;
}

export function readyPods(pods: readonly Manifest[]): readonly Manifest[] {
  return pods.filter((pod) => isReady(kinds.Pod.shape.read(pod)));
}

/** A Service whose endpoints are made from its selector. Refused for any other: nothing follows from its fields. */
export async function selectingService(target: ObjectRef, live: Live): Promise<Manifest> {
  const service = await liveTarget(target, live);
  const { type, selector } = kinds.Service.shape.read(service).spec;
  if (type === 'ExternalName') {
    return refuse(
      `${refText(target)} is an alias of a name outside (type ExternalName): it has no endpoints.`,
      'Correct its externalName.',
    );
  }
  if (Object.keys(selector).length === 0) {
    return refuse(
      `${refText(target)} has no selector: its endpoints are kept by hand or by another program.`,
      'Correct its endpoints there.',
    );
  }
  return service;
}

/** Names of pods that the Service sends to: ready endpoints of its slices. */
async function servingPods(service: Manifest, live: Live): Promise<ReadonlySet<string>> {
  const { name, namespace = '' } = service.metadata;
  const slices = await live.cluster.list(
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      namespace,
      labelSelector: `kubernetes.io/service-name=${name}`,
    },
    { signal: live.signal },
  );
  const endpoints = slices
    .flatMap((slice) => kinds.EndpointSlice.shape.read(slice))
    .filter(({ ports }) => ports.length > 0)
    .flatMap((slice) => slice.endpoints);
  // Absent means ready: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions
  return new Set(
    endpoints
      .filter(({ conditions }) => conditions.ready !== false)
      .flatMap(({ targetRef }) => (targetRef?.kind === 'Pod' ? [targetRef.name] : [])),
  );
}

/** Whether pods that the Service selects now are among its ready endpoints: slices follow a change a moment later. */
export async function servingStanding(service: Manifest, live: Live): Promise<Standing> {
  const name = refText({
    kind: service.kind,
    namespace: service.metadata.namespace ?? '',
    name: service.metadata.name,
  });
  const pods = await podsLabelled(selectorOf(service), service.metadata.namespace ?? '', live);
  const serving = await servingPods(service, live);
  const count = pods.filter((pod) => serving.has(pod.metadata.name)).length;
  const selected = pods.length === 1 ? '1 pod' : `${pods.length} pods`;
  if (count > 0) {
    return {
      state: 'succeeded',
      says: `${name} sends to ${countText(count, 'ready pod')} of ${selected} that it selects.`,
    };
  }
  return { state: 'waiting', says: `${name} has no ready endpoint yet among the ${selected} that it selects.` };
}
