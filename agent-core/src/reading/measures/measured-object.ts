import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { labelledObject } from './labelled-object.ts';
import { measuredNode } from './measured-node.ts';
import { metricName, renamed } from './metric-name.ts';
import { servingObject } from '../network/serving-object.ts';
import { servingWorkloads } from '../network/serving-workloads.ts';

/** Whom a series is about. */
export interface Measured {
  readonly object: ObjectRef;
  readonly series: Series;
  /** The series by what is left of its name when the name told whom it is about: what it measures is read of this. */
  readonly read: Series;
}

/** The workload behind a Service where there is one alone: what is measured of either is measured of both. */
function behind(snapshot: Snapshot, ref: ObjectRef): ObjectRef {
  if (ref.kind !== 'Service') return ref;
  const workloads = servingWorkloads(snapshot, ref);
  const [only] = workloads;
  return workloads.length === 1 && only !== undefined ? only : ref;
}

/** `cart_cpu`, `cart-redis.latency-90`: exports that put the service before the metric and label nothing. */
function namedByMetric(snapshot: Snapshot, series: Series): Measured | undefined {
  const name = metricName(series);
  if (!/^[\w.:-]{3,200}$/.test(name)) return undefined;
  for (let at = name.length - 1; at > 0; at -= 1) {
    if (!/[_.:-]/.test(name[at] ?? '')) continue;
    const object = servingObject(snapshot, '', name.slice(0, at));
    if (object === undefined) continue;
    return { object, series, read: renamed(series, name.slice(at + 1)) };
  }
  return undefined;
}

function isOfNode(series: Series): boolean {
  return /\bnode_(?:cpu|load|memory|disk|network|netstat|filesystem|vmstat|pressure)/.test(
    `${metricName(series)} ${series.query}`,
  );
}

/** A namespace alone says nothing of which of its services is meant. */
function isPrecise(ref: ObjectRef | undefined): ref is ObjectRef {
  return ref !== undefined && ref.kind !== 'Namespace';
}

/** The object that a series measures; undefined where neither its labels nor its name tell one. */
export function measuredObject(snapshot: Snapshot, series: Series): Measured | undefined {
  const node = isOfNode(series) ? measuredNode(snapshot, series) : undefined;
  if (node !== undefined) return { object: node, series, read: series };
  const labelled = labelledObject(snapshot, series.labels);
  if (isPrecise(labelled)) return { object: behind(snapshot, labelled), series, read: series };
  const named = namedByMetric(snapshot, series);
  if (named !== undefined) return { ...named, object: behind(snapshot, named.object) };
  return labelled === undefined ? undefined : { object: labelled, series, read: series };
}
