import type { Series } from '@autodevops/domain/signal';
import { isMetricName, metricName, namingText } from './metric-name.ts';

/** What a series measures. */
export type MetricClass =
  | 'errors'
  | 'latency'
  | 'requests'
  | 'cpu'
  | 'throttling'
  | 'contention'
  | 'memory'
  | 'collection'
  | 'disk-traffic'
  | 'disk-busy'
  | 'disk-use'
  | 'traffic'
  | 'packet-loss'
  | 'pressure'
  | 'saturation'
  | 'connections'
  | 'restarts'
  | 'other';

/** Counted or defined otherwise than its name suggests; none of them says that something is wrong. */
const misleading = [
  'memory_failcnt',
  'memory_failures',
  'cpu_load',
  '_limit',
  'requests_memory',
  'requests_cpu',
  'kube_pod_container_resource',
  'max_',
  '_max',
  '_peak',
  'spec_',
  '_bucket',
  'created',
  'scrape_duration',
  'rule_evaluation',
  'allocatable',
  'capacity',
  'cache_hit',
  'cfs_periods',
  'volume_stats',
  'memory_cache',
  'memory_swap',
  'memory_mapped',
];

function has(text: string, ...words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** The share of what went well: it falls where that of failures rises. */
export function isSuccessRate(series: Series): boolean {
  const name = metricName(series).toLowerCase();
  return (
    isMetricName(name) &&
    (/success_?(?:rate|ratio|percent)|^probe_success$|availability(?:_ratio|_percent)?$/.test(name) || word(name, 'sr'))
  );
}

/** What a timer of Micrometer took at most lately: https://docs.micrometer.io/micrometer/reference/concepts/timers.html */
const longestTaken = /_(?:seconds|milliseconds|ms|duration|latency)_max$/;

/** `statusCode="503"`, `status_class="5xx"`: a label that speaks of a status, and has one of HTTP. */
function statusIn(labels: Series['labels']): string {
  return (
    Object.entries(labels).find(
      ([label, value]) => /status|code/i.test(label) && /^[1-5](?:\d\d|xx)$/i.test(value),
    )?.[1] ?? ''
  );
}

/** The status that a request ended with, as its labels say; '' where they do not. */
function outcomeOf(labels: Series['labels']): string {
  return (
    labels['code'] ??
    labels['status'] ??
    labels['status_code'] ??
    labels['response_code'] ??
    labels['http_status'] ??
    labels['http_status_code'] ??
    labels['http_response_status_code'] ??
    labels['envoy_response_code'] ??
    labels['grpc_code'] ??
    labels['grpc_status'] ??
    labels['rcode'] ??
    statusIn(labels)
  );
}

/** Codes of gRPC that are the server's fault: https://grpc.io/docs/guides/status-codes/ */
const grpcFailures = new Set([
  'unknown',
  'deadlineexceeded',
  'deadline_exceeded',
  'internal',
  'unavailable',
  'dataloss',
  'data_loss',
  'resourceexhausted',
  'resource_exhausted',
]);

/** What a name server answers when it could not find out: https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
const dnsFailure = 'servfail';

/** Spans that ended in an error: https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector */
const spanFailed = /^(?:status_code_)?error$/i;

/** Of requests that the server failed to answer. */
export function isServerError(labels: Series['labels']): boolean {
  const code = outcomeOf(labels).toLowerCase();
  return (
    /^5(?:\d\d|xx)$/.test(code) ||
    grpcFailures.has(code) ||
    code === dnsFailure ||
    spanFailed.test(labels['otel_status_code'] ?? code) ||
    /^(?:error|failed|failure|server_error)$/i.test(
      labels['outcome'] ?? labels['result'] ?? labels['classification'] ?? '',
    )
  );
}

/** An expression that selects what failed, in lower case: `grpc_code=~"unknown|internal"`, `classification="failure"`, `rcode="servfail"`. */
const selectsFailures =
  /\b(?:classification|outcome|result|status|code|\w+_(?:code|status)|rcode)\s*=~?\s*"[^"]*(?:fail|error|unavailable|internal|\b5)/;

interface Naming {
  /** The metric's name, or the whole query where there is none, in lower case. */
  readonly name: string;
  /** Name and query. */
  readonly text: string;
  /** A name, not an expression. */
  readonly isName: boolean;
}

/** What took so long in all, by how often it happened. */
function isMean(text: string): boolean {
  return /_(?:seconds|milliseconds|ms)_sum\b.*\/.*_count\b/s.test(text);
}

/** `1 - available / total`: what is not free. */
function isWhatIsLeft(expression: string): boolean {
  return /^\(*1\s*-/.test(expression);
}

type Rule = readonly [MetricClass, (naming: Naming, labels: Series['labels']) => boolean];

/** A word by itself in a plain name: `cart_cpu`, `mem`, `orders-workload`. */
function word(name: string, pattern: string): boolean {
  return new RegExp(`(?:^|[_:.-])(?:${pattern})(?:$|[_:.-])`).test(name);
}

/** The first that fits. */
const rules: readonly Rule[] = [
  ['throttling', ({ text }) => has(text, 'throttl')],
  // Pressure stall information: https://docs.kernel.org/accounting/psi.html
  ['contention', ({ text }) => /pressure_(?:cpu|memory|io|irq)_(?:waiting|stalled)/.test(text)],
  ['pressure', ({ text }) => has(text, 'max_tx_duration', 'longest_transaction', 'oldest_transaction')],
  [
    'latency',
    ({ name }, labels) =>
      (longestTaken.test(name) || (labels['quantile'] !== undefined && /_(?:seconds|milliseconds|ms)$/.test(name))) &&
      !word(name, 'gc'),
  ],
  // Within an expression the same words are mostly what something is divided by.
  ['other', ({ name, isName }) => isName && has(name, ...misleading)],
  [
    'collection',
    ({ name, text }) =>
      word(name, 'gc') &&
      has(text, 'pause', 'duration', 'seconds', 'time', 'ratio', 'percent') &&
      !has(text, '_count', 'interval', 'last_gc'),
  ],
  [
    'packet-loss',
    ({ text }) =>
      has(
        text,
        'packets_dropped',
        'receive_drop',
        'transmit_drop',
        'retrans',
        'packet_loss',
        'packets_lost',
        'receive_errs',
        'transmit_errs',
        'receive_errors',
        'transmit_errors',
      ),
  ],
  ['restarts', ({ text }) => has(text, 'restart')],
  ['errors', ({ text }, labels) => has(text, 'request', 'http', 'grpc', 'response') && isServerError(labels)],
  ['errors', ({ text, isName }) => !isName && selectsFailures.test(text)],
  [
    'errors',
    ({ text }) =>
      has(text, 'error', '5xx', '"5..', '5..', '_failed', 'failures', 'failure_rate', 'exceptions', 'dropped'),
  ],
  [
    'pressure',
    ({ text }) =>
      has(
        text,
        'evicted',
        'evictions',
        'slow_quer',
        'slowlog',
        'slow_op',
        'deadlock',
        'lock_wait',
        'row_lock',
        'cache_miss',
        'keyspace_misses',
        'misses_total',
        'blocked_clients',
      ),
  ],
  ['disk-busy', ({ text }) => has(text, 'iowait', 'io_time', 'disk_busy')],
  ['cpu', ({ name }) => has(name, 'cpu')],
  // How often something took its time, not how long.
  ['requests', ({ text, isName }) => !isName && /request\w*_count\b/.test(text) && !has(text, '/', 'quantile')],
  [
    'latency',
    ({ name, text }) =>
      has(name, 'latency', 'duration', 'response_time', 'response-time', 'p99', 'p95', 'p90', 'p50', 'quantile') ||
      word(name, 'mrt|rt|rtt') ||
      has(text, 'histogram_quantile', 'latency') ||
      isMean(text),
  ],
  [
    'disk-use',
    ({ text }) =>
      has(text, 'fs_usage', 'disk_used', 'filesystem_used', 'ephemeral_storage') && !has(text, 'avail', 'free'),
  ],
  [
    'disk-traffic',
    ({ name, text }) =>
      word(name, 'diskio|disk_io') || (has(text, '_fs_', 'disk') && has(text, 'read', 'writ') && !has(text, 'time')),
  ],
  [
    'memory',
    ({ name }) =>
      (has(name, 'memory', 'memstats', 'working_set', 'rss', 'heap_used', 'mem_usage', 'mem-usage') ||
        word(name, 'mem')) &&
      (!has(name, 'avail', 'free') || isWhatIsLeft(name)),
  ],
  ['cpu', ({ text }) => has(text, 'cpu')],
  ['traffic', ({ text }) => has(text, 'network_receive_bytes', 'network_transmit_bytes', 'network_io')],
  [
    'requests',
    ({ name, text, isName }) =>
      has(
        text,
        'requests_total',
        'requests_seconds_count',
        'request_count',
        'response_total',
        'calls_total',
        'handled_total',
        'requests_per',
      ) ||
      (isName && word(name, 'workload|rps|qps|throughput|requests')),
  ],
  [
    'saturation',
    ({ name, text }) =>
      has(
        text,
        'queue',
        'backlog',
        'consumer_lag',
        '_lag',
        'pending',
        'pool_used',
        'in_flight',
        'inflight',
        'saturation',
        'utilization',
        'utilisation',
      ) || word(name, 'load1|load5'),
  ],
  [
    'connections',
    ({ name, text }) =>
      has(
        text,
        'connections',
        'connected_clients',
        'stat_activity',
        'sessions',
        'open_fds',
        'file_descriptors',
        'goroutines',
        'threads',
      ) || word(name, 'sockets?'),
  ],
  ['memory', ({ text }) => has(text, 'memory') && !has(text, 'avail', 'free')],
];

/** What a series measures, by its name or its query. */
export function classOf(series: Series): MetricClass {
  const name = metricName(series).toLowerCase();
  const naming: Naming = { name, text: namingText(series), isName: isMetricName(name) };
  return rules.find(([, fits]) => fits(naming, series.labels))?.[0] ?? 'other';
}

/** A query that takes a rate gives no counter. */
export function isRated(series: Series): boolean {
  return has(series.query.toLowerCase(), 'rate(', 'increase(', 'delta(', 'deriv(');
}

/** Counters that Prometheus' naming does not give away: https://github.com/prometheus/node_exporter copies /proc/net/netstat and /proc/vmstat, Envoy and ingress-nginx write their own names */
const counters =
  /^node_(?:netstat|vmstat)_|^nginx_ingress_controller_requests$|^envoy_cluster_upstream_rq(?:_completed|_retry|_timeout)?$/;

/** How many there are now, although they are called like a counter: https://github.com/prometheus-community/postgres_exporter */
const levels = /^pg_(?:stat_activity|locks)_count$/;

/** A counter grows for ever; what matters is how fast. A query that already takes the rate gives none. */
export function isCounter(series: Series): boolean {
  const name = metricName(series);
  return !isRated(series) && !levels.test(name) && (/_(?:total|count|sum|bucket)$/.test(name) || counters.test(name));
}
