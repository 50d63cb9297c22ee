import type { Series } from '@autodevops/domain/signal';

export type MetricClass = 'cpu' | 'memory' | 'errors' | 'latency' | 'restarts' | 'saturation' | 'other';

/** Counted or defined otherwise than its name suggests; none of them says that something is wrong. */
const misleading = ['memory_failcnt', 'memory_failures', 'cpu_load', '_limit', 'requests_memory', 'requests_cpu', 'kube_pod_container_resource', 'max_', '_max', 'spec_', '_bucket', 'created', 'gc_duration', 'scrape_duration', 'rule_evaluation', 'allocatable', 'capacity', 'cache_hit'];

function has(text: string, ...words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

export function metricName(series: Series): string {
  return series.labels['__name__'] ?? series.query;
}

function isServerError(labels: Series['labels']): boolean {
  const code = labels['code'] ?? labels['status'] ?? labels['status_code'] ?? labels['response_code'] ?? labels['http_status'] ?? '';
  return /^5(?:\d\d|xx)$/i.test(code) || /^(?:error|failed|failure)$/i.test(labels['outcome'] ?? labels['result'] ?? '');
}

/** What a series measures, by its name or its query. */
export function classOf(series: Series): MetricClass {
  const name = metricName(series).toLowerCase();
  const text = `${name} ${series.query.toLowerCase()}`;
  // Counts periods, not cores.
  if (text.includes('cfs_throttled_periods')) return 'saturation';
  // Within an expression the same words are mostly what something is divided by.
  if (/^[\w:.-]+$/.test(name) && has(name, ...misleading)) return 'other';
  if (has(text, 'restart')) return 'restarts';
  if (has(text, 'request', 'http', 'grpc', 'response') && isServerError(series.labels)) return 'errors';
  if (has(text, 'error', '5xx', '"5..', '5..', '_failed', 'failures', 'failure_rate', 'exceptions', 'dropped')) return 'errors';
  if (has(name, 'cpu')) return 'cpu';
  if (has(name, 'latency', 'duration', 'response_time', 'response-time', 'p99', 'p95', 'p90', 'p50', 'quantile') || has(text, 'histogram_quantile', 'latency')) return 'latency';
  if (has(name, 'memory', 'working_set', 'rss', 'heap_used', 'mem_usage', 'mem-usage') && !has(name, 'avail', 'free')) return 'memory';
  if (has(text, 'cpu')) return 'cpu';
  if (has(text, 'queue', 'backlog', 'consumer_lag', '_lag', 'connections', 'pool_used', 'in_flight', 'inflight', 'saturation', 'utilization', 'utilisation')) return 'saturation';
  return has(text, 'memory') && !has(text, 'avail', 'free') ? 'memory' : 'other';
}

/** A counter grows for ever; what matters is how fast. A query that already takes the rate gives none. */
export function isCounter(series: Series): boolean {
  const query = series.query.toLowerCase();
  if (has(query, 'rate(', 'increase(', 'delta(', 'deriv(')) return false;
  return /_(?:total|count|sum)$/.test(metricName(series));
}
