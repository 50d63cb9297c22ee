import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, isReady, listOf, selects } from './cluster-object.ts';
import type { ClusterObject, Fields, ObjectChange } from './cluster-object.ts';

export interface RoutingScene {
  readonly services: readonly ClusterObject[];
  readonly pods: readonly ClusterObject[];
  readonly slices: readonly ClusterObject[];
  readonly endpoints: readonly ClusterObject[];
}

const serviceKey = 'kubernetes.io/service-name';

function portNumber(target: unknown, pod: ClusterObject | undefined): number | undefined {
  if (typeof target === 'number') return target;
  const ports = listOf(fieldsOf(pod?.spec)['containers']).flatMap(({ ports: own }) => listOf(own));
  const found = ports.find(({ name }) => name === target)?.['containerPort'];
  return typeof found === 'number' ? found : undefined;
}

function portsOf({ spec }: ClusterObject, pods: readonly ClusterObject[]): readonly Fields[] {
  return listOf(fieldsOf(spec)['ports']).flatMap((port) => {
    const number = portNumber(port['targetPort'] ?? port['port'], pods[0]);
    return number === undefined
      ? []
      : [{ name: port['name'] ?? '', port: number, protocol: port['protocol'] ?? 'TCP' }];
  });
}

function addressOf(pod: ClusterObject): string {
  return String(fieldsOf(pod.status)['podIP'] ?? '');
}

function targetOf({ metadata: { name, namespace, uid } }: ClusterObject): Fields {
  return { kind: 'Pod', name, namespace, uid };
}

function sliceEntry(pod: ClusterObject): Fields {
  const ready = isReady(pod);
  return {
    addresses: [addressOf(pod)],
    conditions: { ready, serving: ready, terminating: false },
    nodeName: fieldsOf(pod.spec)['nodeName'],
    targetRef: targetOf(pod),
  };
}

function subsetsOf(pods: readonly ClusterObject[], ports: readonly Fields[]): readonly Fields[] {
  if (pods.length === 0 || ports.length === 0) return [];
  const entry = (pod: ClusterObject): Fields => ({
    ip: addressOf(pod),
    nodeName: fieldsOf(pod.spec)['nodeName'],
    targetRef: targetOf(pod),
  });
  const [ready, unready] = [pods.filter(isReady), pods.filter((pod) => !isReady(pod))];
  return [
    {
      ...(ready.length === 0 ? {} : { addresses: ready.map(entry) }),
      ...(unready.length === 0 ? {} : { notReadyAddresses: unready.map(entry) }),
      ports,
    },
  ];
}

function changed(before: ClusterObject | undefined, after: ClusterObject): readonly ObjectChange[] {
  if (before === undefined) return [{ type: 'ADDED', object: after }];
  return isDeepStrictEqual(before, after) ? [] : [{ type: 'MODIFIED', object: after }];
}

function routeOne(service: ClusterObject, scene: RoutingScene): readonly ObjectChange[] {
  const { name, namespace = '' } = service.metadata;
  const isSame = (object: ClusterObject): boolean => object.metadata.namespace === namespace;
  const pods = scene.pods.filter(
    (pod) => isSame(pod) && selects(fieldsOf(service.spec)['selector'], pod) && addressOf(pod) !== '',
  );
  const ports = portsOf(service, pods);
  const slice = scene.slices.find((object) => isSame(object) && object.metadata.labels?.[serviceKey] === name);
  const endpoints = scene.endpoints.find((object) => isSame(object) && object.metadata.name === name);
  const metadata = { name, namespace, uid: `sample-endpoints-${namespace}-${name}` };
  return [
    ...changed(slice, {
      ...(slice ?? {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        addressType: 'IPv4',
        metadata: { ...metadata, name: `${name}-sample`, labels: { [serviceKey]: name } },
      }),
      ports,
      endpoints: pods.map(sliceEntry),
    }),
    ...changed(endpoints, {
      ...(endpoints ?? { apiVersion: 'v1', kind: 'Endpoints', metadata }),
      subsets: subsetsOf(pods, ports),
    }),
  ];
}

/** What the controllers of endpoints would write for the Services that select pods: for the sample only. */
export function routeServices(scene: RoutingScene): readonly ObjectChange[] {
  return scene.services
    .filter(({ spec }) => Object.keys(fieldsOf(fieldsOf(spec)['selector'])).length > 0)
    .flatMap((service) => routeOne(service, scene));
}
