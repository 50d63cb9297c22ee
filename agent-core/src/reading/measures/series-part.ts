import type { Series } from '@autodevops/domain/signal';
import { metricName } from './metric-name.ts';

/** What a series is of what is measured. */
export type Part = 'bucket' | 'sum' | 'count' | 'requests' | 'throttled' | 'periods' | 'modes' | 'available' | 'total';

/** Durations and counts of what others ask for; not those of a collector, a control loop or the monitoring itself. */
const ofRequests = /request|response|http|grpc|rpc|latency|quer|upstream_rq|(?:^|_)calls_|^duration_|span_?metrics/;
const ofItself =
  /(?:^|_)(?:gc|garbage|scrape|rule|evaluation|reconcile|workqueue|etcd|apiserver|kubelet|prober|prometheus|promhttp|rest_client)(?:_|$)/;
const requestCounters =
  /(?:requests?|handled|responses?|calls)_total$|^(?:envoy_cluster_upstream_rq|nginx_ingress_controller_requests)$/;

function isOfRequests(name: string): boolean {
  return ofRequests.test(name) && !ofItself.test(name);
}

/** What a plain metric is a part of; undefined when it stands for itself. */
export function partOf(series: Series): { readonly part: Part; readonly base: string } | undefined {
  const { labels, query } = series;
  const name = metricName(series);
  const histogram = labels['le'] === undefined ? undefined : /[\w:]+(?=_bucket\b)/.exec(`${name} ${query}`)?.[0];
  if (histogram !== undefined && isOfRequests(histogram)) return { part: 'bucket', base: histogram };
  if (name.endsWith('cfs_throttled_periods_total')) return { part: 'throttled', base: 'cfs' };
  if (name.endsWith('cfs_periods_total')) return { part: 'periods', base: 'cfs' };
  if (name === 'node_memory_MemAvailable_bytes') return { part: 'available', base: 'node_memory' };
  if (name === 'node_memory_MemTotal_bytes') return { part: 'total', base: 'node_memory' };
  if (name === 'node_cpu_seconds_total') return { part: 'modes', base: name };
  if (!isOfRequests(name)) return undefined;
  if (name.endsWith('_sum')) return { part: 'sum', base: name.slice(0, -'_sum'.length) };
  if (name.endsWith('_count')) return { part: 'count', base: name.slice(0, -'_count'.length) };
  return requestCounters.test(name) ? { part: 'requests', base: name } : undefined;
}
