import type { Series } from '@autodevops/domain/signal';

/**
 * Labels in which exports that are not of Prometheus put what they measure, in the order in which they are believed:
 * tables of performance indicators, InfluxDB's measurements, and others.
 */
const nameLabels = ['kpi_name', 'kpi', 'metric_name', 'metric', 'measurement', '_measurement'] as const;

/** A name, not an expression. */
export function isMetricName(text: string): boolean {
  return /^[\w:.-]+$/.test(text);
}

/** What a series is called: by its own name, else by a label that holds one, else by the query or file that it came from. */
export function metricName({ labels, query }: Series): string {
  const own = labels['__name__'];
  if (own !== undefined) return own;
  const stated = isMetricName(query)
    ? nameLabels.flatMap((label) => labels[label] ?? []).find(isMetricName)
    : undefined;
  return stated ?? query;
}

/** Its name, or the expression that it came from, in lower case. Neither the file in which it lay nor what selected it tells anything of one that has a name. */
export function namingText(series: Series): string {
  const name = metricName(series);
  return (
    series.labels['__name__'] !== undefined || isMetricName(series.query) ? name : `${name} ${series.query}`
  ).toLowerCase();
}

/** The same series called otherwise. */
export function renamed(series: Series, name: string): Series {
  const labels = Object.fromEntries(
    Object.entries(series.labels).filter(([label]) => label !== '__name__' && !nameLabels.some((one) => one === label)),
  );
  return { ...series, query: name, labels };
}
