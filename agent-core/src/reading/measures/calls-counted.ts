import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { calledObject } from './called-object.ts';
import { distinctBy } from '../distinct-by.ts';
import { workloadOf } from '../workloads/owner.ts';
import { servingObject } from '../network/serving-object.ts';

type Labels = Series['labels'];

/**
 * Pairs of labels in which a mesh and the service graphs of traces name both ends of a call:
 * https://istio.io/latest/docs/reference/config/metrics/, https://linkerd.io/2/reference/proxy-metrics/,
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/
 */
const ends: readonly (readonly [caller: string, called: string])[] = [
  ['source_workload', 'destination_workload'],
  ['source_app', 'destination_app'],
  ['source_canonical_service', 'destination_canonical_service'],
  ['source_workload', 'destination_service_name'],
  ['deployment', 'dst_deployment'],
  ['client', 'server'],
];

function namespaceOf(labels: Labels, end: 'source' | 'destination'): string {
  const own =
    labels[`${end}_workload_namespace`] ??
    (end === 'destination' ? (labels['destination_service_namespace'] ?? labels['dst_namespace']) : undefined);
  return own ?? labels['namespace'] ?? '';
}

function callOf(snapshot: Snapshot, labels: Labels): readonly [ObjectRef, ObjectRef] | undefined {
  for (const [caller, called] of ends) {
    const [from, to] = [labels[caller], labels[called]];
    if (from === undefined || to === undefined) continue;
    const source = servingObject(snapshot, namespaceOf(labels, 'source'), from);
    const destination = servingObject(snapshot, namespaceOf(labels, 'destination'), to);
    if (source !== undefined && destination !== undefined) return [source, destination];
  }
  return outboundOf(snapshot, labels);
}

/** A proxy beside the caller counts whom that calls: its own pod is the one end, the cluster that it sends to the other. */
function outboundOf(snapshot: Snapshot, labels: Labels): readonly [ObjectRef, ObjectRef] | undefined {
  const [called, pod] = [calledObject(snapshot, labels), labels['pod']];
  const caller =
    called === undefined || pod === undefined ? undefined : snapshot.get('Pod', labels['namespace'] ?? '', pod);
  return called === undefined || caller === undefined ? undefined : [workloadOf(snapshot, caller), called];
}

const held = new WeakMap<readonly Series[], ReadonlyMap<string, readonly ObjectRef[]>>();

/** Built once for the series of a snapshot. */
function callsOf(snapshot: Snapshot): ReadonlyMap<string, readonly ObjectRef[]> {
  const { series } = snapshot;
  let index = held.get(series);
  if (index === undefined) {
    const built = new Map<string, ObjectRef[]>();
    for (const { labels } of series) {
      const call = callOf(snapshot, labels);
      if (call !== undefined) pushTo(built, refKey(call[0]), call[1]);
    }
    held.set(series, (index = built));
  }
  return index;
}

/** Workloads, or Services, that a workload calls as metrics have counted. */
export function callsCounted(snapshot: Snapshot, workload: ObjectRef): readonly ObjectRef[] {
  return distinctBy(callsOf(snapshot).get(refKey(workload)) ?? [], refKey);
}
