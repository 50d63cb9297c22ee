import type { Series } from '@autodevops/domain/signal';
import { isServerError } from './metric-class.ts';
import type { MetricClass } from './metric-class.ts';
import type { Points } from './series-values.ts';
import { quantileOf, ratioOf, totalOf } from './combined.ts';
import type { Found, Measure } from './measure.ts';
import { partOf } from './series-part.ts';
import type { Part } from './series-part.ts';
import type { Unit } from './unit.ts';

/** Series of one object and one metric, which are only parts of what is measured. */
export interface Family {
  readonly object: Measure['object'];
  /** `http_request_duration_seconds` of its `_bucket`, `_sum` and `_count`. */
  readonly base: string;
  readonly members: readonly Series[];
}

const quantile = 0.95;

/** One series for all, with the labels that they share. */
function speaking(first: Series, members: readonly Series[]): Series {
  return {
    ...first,
    labels: Object.fromEntries(
      Object.entries(first.labels).filter(([label, value]) => members.every(({ labels }) => labels[label] === value)),
    ),
  };
}

function measure(
  family: { readonly object: Measure['object']; readonly members: readonly Series[] },
  points: Points,
  told: { kind: MetricClass; unit: Unit; derived: string },
): Found[] {
  const [first] = family.members;
  return first === undefined || points.values.length === 0
    ? []
    : [{ ...told, object: family.object, points, series: speaking(first, family.members) }];
}

function timeUnitOf(base: string): Unit {
  return /millis|_ms(?:_|\b)/.test(base) ? 'milliseconds' : /seconds/.test(base) ? 'seconds' : 'unknown';
}

/** Failed among all, and how many there are: of a counter of requests by their outcome. Where only those that failed were kept, how many. */
function outcomes(family: Family): Found[] {
  const failed = family.members.filter(({ labels }) => isServerError(labels));
  const [said] = failed;
  if (said !== undefined && failed.length === family.members.length) {
    return measure(family, totalOf(failed), { kind: 'errors', unit: 'per second', derived: 'requests that failed' });
  }
  const errors =
    said === undefined
      ? []
      : measure({ ...family, members: [said] }, ratioOf(failed, family.members), {
          kind: 'errors',
          unit: 'share',
          derived: 'share of requests that failed',
        });
  return [
    ...errors,
    ...measure(family, totalOf(family.members), { kind: 'requests', unit: 'per second', derived: '' }),
  ];
}

function ofNode(family: Family): Found[] {
  const inMode = (...modes: readonly string[]): readonly Series[] =>
    family.members.filter(({ labels }) => modes.includes(labels['mode'] ?? ''));
  const busy = family.members.filter(
    ({ labels }) => !['idle', 'iowait', 'guest', 'guest_nice'].includes(labels['mode'] ?? ''),
  );
  if (inMode('idle').length === 0) return [];
  return [
    ...measure({ ...family, members: busy }, ratioOf(busy, family.members), {
      kind: 'cpu',
      unit: 'share',
      derived: "share of the node's CPU that is busy",
    }),
    ...measure({ ...family, members: inMode('iowait') }, ratioOf(inMode('iowait'), family.members), {
      kind: 'disk-busy',
      unit: 'share',
      derived: "share of the node's CPU that waits for disks",
    }),
  ];
}

function memoryOfNode(family: Family, available: readonly Series[], total: readonly Series[]): Found[] {
  const free = ratioOf(available, total);
  const used = { times: free.times, values: free.values.map((share) => 1 - share) };
  return available.length === 0
    ? []
    : measure({ ...family, members: available }, used, {
        kind: 'memory',
        unit: 'share',
        derived: "share of the node's memory that is in use",
      });
}

type Parts = ReadonlyMap<Part, readonly Series[]>;

function latencyOf(family: Family, parts: Parts): Found[] {
  const unit = timeUnitOf(family.base);
  const buckets = parts.get('bucket') ?? [];
  if (buckets.length > 0) {
    return measure({ ...family, members: buckets }, quantileOf(buckets, quantile), {
      kind: 'latency',
      unit,
      derived: '95th percentile',
    });
  }
  const [sums, counts] = [parts.get('sum') ?? [], parts.get('count') ?? []];
  return sums.length === 0 || counts.length === 0
    ? []
    : measure({ ...family, members: sums }, ratioOf(sums, counts), { kind: 'latency', unit, derived: 'mean' });
}

/** What the series of a family come to together. */
export function familyMeasures(family: Family): Found[] {
  const parts: Parts = Map.groupBy(family.members, (series) => partOf(series)?.part ?? 'requests');
  const of = (part: Part): readonly Series[] => parts.get(part) ?? [];
  if (family.base === 'cfs') {
    return of('throttled').length === 0 || of('periods').length === 0
      ? []
      : measure({ ...family, members: of('throttled') }, ratioOf(of('throttled'), of('periods')), {
          kind: 'throttling',
          unit: 'share',
          derived: 'share of its time in which it is held back at its CPU limit',
        });
  }
  if (of('modes').length > 0) return ofNode(family);
  if (family.base === 'node_memory') return memoryOfNode(family, of('available'), of('total'));
  const counts = of('count').length > 0 ? of('count') : of('bucket').filter(({ labels }) => labels['le'] === '+Inf');
  const counted = of('requests').length > 0 ? of('requests') : counts;
  return [...latencyOf(family, parts), ...(counted.length === 0 ? [] : outcomes({ ...family, members: counted }))];
}
