import type { Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { formatBytes, formatCores } from '@autodevops/domain/quantity';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { labelledObject, workloadRef } from '../../reading/measures/labelled-object.ts';
import { withoutPageCache } from '../../reading/measures/memory-use.ts';
import { classOf } from '../../reading/measures/metric-class.ts';
import { metricName } from '../../reading/measures/metric-name.ts';
import { isPresent, pointsOf } from '../../reading/measures/series-values.ts';
import type { Points } from '../../reading/measures/series-values.ts';
import type { Analyzer } from '../analyzer.ts';
import { cpuAtLimit, diskNearlyFull, memoryLeak, memoryNearLimit, volumeNearlyFull } from './codes.ts';
import { limitFor } from './container-limit.ts';
import type { Limit } from './container-limit.ts';
import { checkFilling } from './filling.ts';
import { steadyGrowth } from './growth.ts';

const day = 86_400_000;
const leastBytes = 32 * 2 ** 20;

interface Measured {
  readonly series: Series;
  readonly points: Points;
  readonly object: ObjectRef;
  readonly limit: Limit | undefined;
}

function who({ object, limit, series }: Measured): string {
  const container = limit?.container || (series.labels['container'] ?? '');
  return container === '' ? refText(object) : `container "${container}" of ${refText(object)}`;
}

/** The share of the last points (a quarter, six at least) that are above a level. */
function lately(points: Points, level: number): number {
  const recent = points.values.slice(-Math.max(6, Math.ceil(points.values.length / 4)));
  return recent.length < 6 ? 0 : recent.filter((v) => v >= level).length / recent.length;
}

/** Memory that fell more often than the container was started again was given back by the program: a collector's saw-tooth. */
function collects(snapshot: Snapshot, { object, series, limit }: Measured, falls: number): boolean {
  const pod = object.kind === 'Pod' ? snapshot.get('Pod', object.namespace, object.name) : undefined;
  if (pod === undefined || falls === 0) return false;
  const name = limit?.container || (series.labels['container'] ?? '');
  const statuses = pod.status.containerStatuses.filter((s) => name === '' || s.name === name);
  return statuses.length > 0 && statuses.reduce((sum, s) => sum + (s.restartCount ?? 0), 0) < falls;
}

function checkLeak(snapshot: Snapshot, measured: Measured): Finding | undefined {
  const { points, limit, object, series } = measured;
  const growth = steadyGrowth(points);
  if (growth === undefined || growth.last - growth.first < leastBytes || collects(snapshot, measured, growth.resets)) {
    return undefined;
  }
  const room = limit === undefined ? undefined : ((limit.amount - growth.last) / growth.perDay) * day;
  const soon = limit !== undefined && (growth.last >= limit.amount * 0.6 || (room ?? Infinity) < day);
  // Without a limit only growth that nothing ordinary explains counts.
  if (!soon && (limit !== undefined || growth.last < growth.first * 3)) return undefined;
  const numbers = `${formatBytes(growth.first)} → ${formatBytes(growth.last)} in ${formatDuration(snapshot.now - growth.since)}${limit === undefined ? '' : `, limit ${limit.text}`}`;
  const again =
    growth.resets > 0 ? `, as it did ${growth.resets} ${growth.resets === 1 ? 'time' : 'times'} before` : '';
  const when = room === undefined || room <= 0 ? '' : `; at this pace it reaches the limit in ${formatDuration(room)}`;
  return finding(memoryLeak, {
    object,
    confidence: limit === undefined ? 'low' : growth.resets > 0 ? 'high' : 'medium',
    cause: `The memory of ${who(measured)} grows steadily (${numbers})${again}${when}.`,
    since: new Date(growth.since).toISOString(),
    evidence: [fromSeries(series, object, numbers)],
    because: signalBecause('limit', [workloadRef(snapshot, object)]),
    generic: true,
    facet: limit?.container ?? '',
  });
}

function checkNearLimit(snapshot: Snapshot, measured: Measured): Finding | undefined {
  const { points, limit, object, series } = measured;
  const last = points.values.at(-1);
  if (
    limit === undefined ||
    last === undefined ||
    lately(points, limit.amount * 0.95) < 0.8 ||
    last > limit.amount * 1.1
  ) {
    return undefined;
  }
  const numbers = `${formatBytes(last)} of ${limit.text} (${Math.round((last / limit.amount) * 100)} %)`;
  return finding(memoryNearLimit, {
    object,
    confidence: 'low',
    cause: `The memory of ${who(measured)} is at its limit: ${numbers}.`,
    evidence: [fromSeries(series, object, numbers)],
    because: signalBecause('limit', [workloadRef(snapshot, object)]),
    generic: true,
    facet: limit.container,
  });
}

/** When the container began that has this limit; 0 where that is not known. */
function startOf(snapshot: Snapshot, { object, limit }: Measured): number {
  const pod = object.kind === 'Pod' ? snapshot.get('Pod', object.namespace, object.name) : undefined;
  const began = pod?.status.containerStatuses
    .filter(({ name }) => limit?.container === '' || name === limit?.container)
    .map(({ state }) => Date.parse(state.running?.startedAt ?? ''));
  return Math.max(0, ...(began ?? []).filter((time) => Number.isFinite(time)));
}

function checkCpu(snapshot: Snapshot, measured: Measured): Finding | undefined {
  const { points, limit, object, series } = measured;
  const last = points.values.at(-1);
  if (
    limit === undefined ||
    last === undefined ||
    lately(points, limit.amount * 0.95) < 0.8 ||
    last > limit.amount * 1.5
  ) {
    return undefined;
  }
  const from = points.values.findLastIndex((v) => v < limit.amount * 0.9) + 1;
  // Of what was before the container began, its limit says nothing.
  const since = points.times.slice(from).find((time) => time >= startOf(snapshot, measured));
  const numbers = `${formatCores(last)} of ${limit.text} (${Math.round((last / limit.amount) * 100)} %)`;
  return finding(cpuAtLimit, {
    object,
    confidence: 'medium',
    cause: `The CPU of ${who(measured)} has stayed at its limit: ${numbers}.`,
    since: since === undefined ? '' : new Date(since).toISOString(),
    evidence: [fromSeries(series, object, numbers)],
    because: signalBecause('limit', [workloadRef(snapshot, object)]),
    generic: true,
    facet: limit.container,
  });
}

/** Bytes in use, not pages, caches or swap. */
function isUse(series: Series): boolean {
  const name = metricName(series).toLowerCase();
  return (
    !['cache', 'swap', 'mapped', 'avail', 'free', 'total', 'request'].some((word) => name.includes(word)) ||
    name.includes('usage')
  );
}

function checkSeries(snapshot: Snapshot, series: Series): Finding[] {
  const kind = classOf(series);
  if ((kind !== 'memory' && kind !== 'cpu') || (kind === 'memory' && !isUse(series))) return [];
  const points = pointsOf(series);
  const object = labelledObject(snapshot, series.labels);
  if (object === undefined || points.values.length < 6 || !isPresent(snapshot, points)) return [];
  const measured = { series, points, object, limit: limitFor(snapshot, series, object, kind) };
  const found =
    kind === 'cpu'
      ? checkCpu(snapshot, measured)
      : (checkLeak(snapshot, measured) ?? checkNearLimit(snapshot, measured));
  return found === undefined ? [] : [found];
}

/** Of several series that say the same of a container (working set, RSS, usage) one is enough. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return distinctBy(findings, (f) => `${f.code}|${refText(f.object)}|${f.facet}`);
}

/** Metrics against limits: what is full, at its limit, or on its way there. */
export const metricLimit: Analyzer = {
  name: 'metric-limit',
  codes: [volumeNearlyFull, diskNearlyFull, memoryLeak, memoryNearLimit, cpuAtLimit],
  analyze: (snapshot) => [
    ...checkFilling(snapshot),
    ...distinct(withoutPageCache(snapshot.series).flatMap((series) => checkSeries(snapshot, series))),
  ],
};
