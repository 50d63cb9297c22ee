import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries, seriesText } from '../../evidence/metric-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { labelledObject, workloadRef } from '../../reading/labelled-object.ts';
import { classOf, metricName } from '../../reading/metric-class.ts';
import type { MetricClass } from '../../reading/metric-class.ts';
import { lastingRise } from '../../reading/robust-statistics.ts';
import { isPresent, pointsOf, rawPoints } from '../../reading/series-values.ts';
import type { Points } from '../../reading/series-values.ts';
import { servicesCalled } from '../../reading/services-called.ts';
import type { Analyzer } from '../analyzer.ts';
import { cpuRose, errorsRose, latencyRose, memoryRose, peerStandsOut, restartsRepeat, saturationRose } from './codes.ts';
import { checkPeers } from './peers.ts';
import { matters, shown } from './relevance.ts';

const hour = 60 * 60_000;
const risen: Readonly<Partial<Record<MetricClass, CodeEntry>>> = { cpu: cpuRose, memory: memoryRose, errors: errorsRose, latency: latencyRose, saturation: saturationRose };
const words: Readonly<Record<MetricClass, string>> = { cpu: 'CPU use', memory: 'memory use', errors: 'error rate', latency: 'latency', saturation: 'load', restarts: 'restarts', other: '' };

function because(snapshot: Snapshot, object: ObjectRef, kind: MetricClass): readonly Because[] {
  const own = [object, workloadRef(snapshot, object)];
  if (kind !== 'errors' && kind !== 'latency' && kind !== 'saturation') return signalBecause('used', own);
  return [...signalBecause('felt', own), ...signalBecause('called', servicesCalled(snapshot, object))];
}

/** Where a series names nothing, it still can be told what it is called. */
function objectOf(snapshot: Snapshot, series: Series): ObjectRef {
  return labelledObject(snapshot, series.labels) ?? { apiVersion: '', kind: 'Metric', namespace: '', name: metricName(series).slice(0, 120), uid: '' };
}

function checkRise(snapshot: Snapshot, series: Series, points: Points): Finding[] {
  const kind = classOf(series);
  const code = risen[kind];
  const shift = code === undefined ? undefined : lastingRise(points.values);
  const name = metricName(series);
  if (code === undefined || shift === undefined || !matters(kind, `${name} ${series.query}`, shift)) return [];
  const object = objectOf(snapshot, series);
  const since = points.times[shift.at];
  const numbers = `${shown(kind, name, shift.before)} → ${shown(kind, name, shift.after)}`;
  return [
    finding(code, {
      object,
      confidence: 'medium',
      cause: `The ${words[kind]} of ${refText(object)} rose from ${shown(kind, name, shift.before)} to ${shown(kind, name, shift.after)} and has stayed there.`,
      since: since === undefined ? '' : new Date(since).toISOString(),
      evidence: [fromSeries(series, object, numbers)],
      because: because(snapshot, object, kind),
      generic: true,
      facet: object.kind === 'Metric' ? seriesText(series) : '',
    }),
  ];
}

/** From the raw counter: how often it rose, and when last. */
function checkRestarts(snapshot: Snapshot, series: Series): Finding[] {
  const { times, values } = rawPoints(series);
  let rises = 0;
  let lastRise: number | undefined;
  let firstRise: number | undefined;
  for (let i = 1; i < values.length; i += 1) {
    const more = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (more <= 0) continue;
    rises += more;
    lastRise = times[i];
    firstRise ??= times[i];
  }
  if (rises < 3 || lastRise === undefined || snapshot.now - lastRise > hour) return [];
  const object = objectOf(snapshot, series);
  const numbers = `${values[0] ?? 0} → ${values.at(-1) ?? 0}`;
  return [
    finding(restartsRepeat, {
      object,
      confidence: 'medium',
      cause: `${refText(object)} restarted ${Math.round(rises)} times within the metrics' time.`,
      since: firstRise === undefined ? '' : new Date(firstRise).toISOString(),
      evidence: [fromSeries(series, object, numbers)],
      because: because(snapshot, object, 'restarts'),
      generic: true,
      facet: series.labels['container'] ?? '',
    }),
  ];
}

function checkSeries(snapshot: Snapshot, series: Series): Finding[] {
  if (classOf(series) === 'restarts') return /rate\(|increase\(/.test(series.query) ? [] : checkRestarts(snapshot, series);
  const points = pointsOf(series);
  return isPresent(snapshot, points) ? checkRise(snapshot, series, points) : [];
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return distinctBy(findings, (f) => `${f.code}|${refText(f.object)}|${f.facet}`);
}

/** Series that stand out against their own past or against their peers. */
export const metricAnomaly: Analyzer = {
  name: 'metric-anomaly',
  kinds: ['Pod', 'Deployment', 'Service'],
  codes: [errorsRose, latencyRose, cpuRose, memoryRose, saturationRose, restartsRepeat, peerStandsOut],
  analyze: (snapshot) => distinct([...snapshot.series.flatMap((series) => checkSeries(snapshot, series)), ...checkPeers(snapshot)]),
};
