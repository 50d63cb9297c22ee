import type { Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import { metricName } from '../reading/metric-class.ts';
import { quote } from './finding.ts';

/** `name{pod="web-1"}` as Prometheus writes it. */
export function seriesText(series: Series): string {
  const labels = Object.entries(series.labels).filter(([key]) => key !== '__name__').map(([key, value]) => `${key}="${value}"`);
  return `${metricName(series)}{${labels.slice(0, 8).join(',')}}`;
}

/** A metric with the numbers that a rule looked at, `numbers` in words. */
export function fromSeries(series: Series, object: ObjectRef, numbers: string): Evidence {
  const last = series.points.at(-1)?.[0];
  const time = last === undefined || !Number.isFinite(last) || Math.abs(last) > 1e11 ? '' : new Date(last * 1000).toISOString();
  return { source: 'metric', object, quote: quote(`${seriesText(series)}: ${numbers}`), time, path: series.query };
}
