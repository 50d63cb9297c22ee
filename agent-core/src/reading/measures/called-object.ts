import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { servingObject } from '../network/serving-object.ts';

/** Names by which a mesh tells who was called: https://istio.io/latest/docs/reference/config/metrics/ and https://linkerd.io/2/reference/proxy-metrics/ */
const destinations = [
  'destination_workload',
  'destination_service_name',
  'destination_app',
  'destination_canonical_service',
  'dst_deployment',
  'dst_service',
];

/** `outbound|8080||cart.shop.svc.cluster.local`, as Istio calls Envoy's clusters: https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats */
function envoyCluster(snapshot: Snapshot, cluster: string): ObjectRef | undefined {
  const [name = '', namespace = ''] = /^outbound\|\d+\|[^|]*\|(.+)$/.exec(cluster)?.[1]?.split('.') ?? [];
  return name === '' || namespace === '' ? undefined : servingObject(snapshot, namespace, name);
}

/** Whom a series of calls is about: the called one, whichever side reports it. */
export function calledObject(snapshot: Snapshot, labels: Readonly<Record<string, string>>): ObjectRef | undefined {
  const namespace =
    labels['destination_workload_namespace'] ??
    labels['destination_service_namespace'] ??
    labels['dst_namespace'] ??
    labels['namespace'] ??
    '';
  // The service graphs of traces: https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/
  const called = labels['client'] === undefined ? destinations : [...destinations, 'server'];
  for (const label of called) {
    const name = labels[label];
    const found = name === undefined ? undefined : servingObject(snapshot, namespace, name);
    if (found !== undefined) return found;
  }
  // The ingress in front counts what the Service behind it answered: https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/
  const behind =
    labels['ingress'] === undefined || labels['service'] === undefined
      ? undefined
      : servingObject(snapshot, namespace, labels['service']);
  if (behind !== undefined) return behind;
  return labels['envoy_cluster_name'] === undefined ? undefined : envoyCluster(snapshot, labels['envoy_cluster_name']);
}
