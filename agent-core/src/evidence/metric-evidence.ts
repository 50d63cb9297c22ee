import type { Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import { metricName } from '../reading/measures/metric-name.ts';
import { quote } from './finding.ts';

/** More of an expression would leave no room for the numbers. */
const longestName = 120;

/** `name{pod="web-1"}` as Prometheus writes it; of a long expression its beginning. */
export function seriesText(series: Series): string {
  const name = metricName(series);
  const labels = Object.entries(series.labels)
    .filter(([key]) => key !== '__name__')
    .map(([key, value]) => `${key}="${value}"`);
  return `${name.length <= longestName ? name : `${name.slice(0, longestName)}…`}{${labels.slice(0, 8).join(',')}}`;
}

/** The numbers that a rule looked at, in words, and the metric that they stand in: that may be cut, they may not. */
export function fromSeries(series: Series, object: ObjectRef, numbers: string): Evidence {
  const last = series.points.at(-1)?.[0];
  const time =
    last === undefined || !Number.isFinite(last) || Math.abs(last) > 1e11 ? '' : new Date(last * 1000).toISOString();
  return { source: 'metric', object, quote: quote(`${numbers} in ${seriesText(series)}`), time, path: series.query };
}
