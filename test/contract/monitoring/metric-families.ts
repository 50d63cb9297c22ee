import { podOf } from './measured-cluster.ts';
import type { PastSeries } from './open-metrics.ts';

/** A fault that one family of metrics alone shows, in a namespace that is called like it. */
export interface MetricFamily {
  readonly namespace: string;
  /** What Jamie is to name. */
  readonly code: string;
  readonly object: string;
  readonly store?: true;
  readonly series: (began: number, start: number) => readonly PastSeries[];
}

type Labels = Readonly<Record<string, string>>;

/** A counter that goes at one pace before a moment, and at another from then on. */
function counting(
  name: string,
  labels: Labels,
  [began, start]: readonly [number, number],
  before: number,
  after: number,
): PastSeries {
  const seconds = (from: number, to: number): number => Math.max(0, to - from) / 1000;
  return {
    name,
    type: name.endsWith('_total') ? 'counter' : 'gauge',
    labels,
    value: (time) => Math.round(1_000 + before * seconds(start, Math.min(time, began)) + after * seconds(began, time)),
  };
}

/** A level that wavers a little, as all do. */
function standing(name: string, labels: Labels, began: number, before: number, after: number): PastSeries {
  return {
    name,
    type: 'gauge',
    labels,
    value: (time) => (time < began ? before : after) * (time % 120_000 === 0 ? 1 : 1.02),
  };
}

/** A histogram whose answers take 20 ms, and 4 s from then on. In its own unit. */
function slower(name: string, labels: Labels, times: readonly [number, number], unit = 1): readonly PastSeries[] {
  const bucket = (bound: string, before: number, after: number): PastSeries =>
    counting(`${name}_bucket`, { ...labels, le: bound }, times, before, after);
  return [
    bucket(String(0.05 * unit), 5, 0),
    bucket(String(unit), 5, 0),
    bucket(String(5 * unit), 5, 5),
    bucket('+Inf', 5, 5),
  ];
}

/** A fifth of what is asked fails from then on. */
function failing(
  name: string,
  labels: Labels,
  well: Labels,
  failed: Labels,
  times: readonly [number, number],
): readonly PastSeries[] {
  return [counting(name, { ...labels, ...well }, times, 10, 8), counting(name, { ...labels, ...failed }, times, 0, 2)];
}

const web = (namespace: string): Labels => ({ namespace, pod: podOf({ name: 'web' }) });
const store = (namespace: string): Labels => ({ namespace, pod: podOf({ name: 'db', kind: 'StatefulSet' }) });

function errors(namespace: string, series: MetricFamily['series']): MetricFamily {
  return { namespace, code: 'signal.errors.rose', object: `Deployment/${namespace}/web`, series };
}

function late(namespace: string, series: MetricFamily['series']): MetricFamily {
  return { namespace, code: 'signal.latency.rose', object: `Deployment/${namespace}/web`, series };
}

function ofStore(namespace: string, code: string, series: MetricFamily['series']): MetricFamily {
  return { namespace, code, object: `StatefulSet/${namespace}/db`, store: true, series };
}

/** Every family of metrics of which a live Prometheus is asked, and which shows a fault by itself. */
export const metricFamilies: readonly MetricFamily[] = [
  errors('by-code', (...times) =>
    failing('http_requests_total', web('by-code'), { code: '200' }, { code: '503' }, times),
  ),
  errors('by-status', (...times) =>
    failing('http_requests_total', web('by-status'), { status: '200' }, { status: '500' }, times),
  ),
  errors('by-status-code', (...times) =>
    failing(
      'http_request_duration_seconds_count',
      web('by-status-code'),
      { status_code: '200' },
      { status_code: '502' },
      times,
    ),
  ),
  errors('micrometer', (...times) =>
    failing('http_server_requests_seconds_count', web('micrometer'), { status: '200' }, { status: '500' }, times),
  ),
  errors('opentelemetry', (...times) =>
    failing(
      'http_server_request_duration_seconds_count',
      web('opentelemetry'),
      { http_response_status_code: '200' },
      { http_response_status_code: '500' },
      times,
    ),
  ),
  errors('grpc', (...times) =>
    failing('grpc_server_handled_total', web('grpc'), { grpc_code: 'OK' }, { grpc_code: 'Unavailable' }, times),
  ),
  errors('linkerd', (...times) =>
    failing(
      'response_total',
      { ...web('linkerd'), deployment: 'web', direction: 'inbound' },
      { classification: 'success' },
      { classification: 'failure' },
      times,
    ),
  ),
  errors('istio', (...times) =>
    failing(
      'istio_requests_total',
      {
        namespace: 'istio',
        pod: podOf({ name: 'front' }),
        reporter: 'source',
        source_workload: 'front',
        source_workload_namespace: 'istio',
        destination_workload: 'web',
        destination_workload_namespace: 'istio',
        destination_service_name: 'web',
        destination_service_namespace: 'istio',
      },
      { response_code: '200' },
      { response_code: '503' },
      times,
    ),
  ),
  errors('ingress', (...times) =>
    failing(
      'nginx_ingress_controller_requests',
      { namespace: 'ingress-nginx', exported_namespace: 'ingress', exported_service: 'web', ingress: 'web' },
      { status: '200' },
      { status: '502' },
      times,
    ),
  ),
  late('histogram', (...times) => slower('http_request_duration_seconds', web('histogram'), times)),
  late('weaveworks', (...times) => slower('request_duration_seconds', web('weaveworks'), times)),
  late('grpc-latency', (...times) => slower('grpc_server_handling_seconds', web('grpc-latency'), times)),
  late('linkerd-latency', (...times) =>
    slower('response_latency_ms', { ...web('linkerd-latency'), direction: 'inbound' }, times, 1000),
  ),
  late('mean', (...times) => [
    counting('http_server_requests_seconds_sum', web('mean'), times, 0.1, 20),
    counting('http_server_requests_seconds_count', web('mean'), times, 5, 5),
  ]),
  {
    namespace: 'pool',
    code: 'signal.saturation.rose',
    object: 'Deployment/pool/web',
    series: (began) => [standing('hikaricp_connections_pending', web('pool'), began, 0, 30)],
  },
  {
    namespace: 'goroutines',
    code: 'signal.connections.rose',
    object: 'Deployment/goroutines/web',
    series: (began) => [standing('go_goroutines', web('goroutines'), began, 40, 4_000)],
  },
  ofStore('postgres', 'signal.connections.rose', (began) => [
    standing('pg_stat_activity_count', { ...store('postgres'), datname: 'shop', state: 'active' }, began, 3, 90),
  ]),
  ofStore('postgres-locks', 'signal.store.pressure', (began) => [
    standing('pg_stat_activity_count', { ...store('postgres-locks'), datname: 'shop', state: 'idle' }, began, 3, 3),
    standing(
      'pg_stat_activity_max_tx_duration',
      { ...store('postgres-locks'), datname: 'shop', state: 'active' },
      began,
      1,
      900,
    ),
  ]),
  ofStore('mysql', 'signal.connections.rose', (began) => [
    standing('mysql_global_status_threads_running', store('mysql'), began, 2, 80),
  ]),
  ofStore('redis', 'signal.store.pressure', (...times) => [
    standing('redis_connected_clients', store('redis'), times[0], 20, 20),
    counting('redis_evicted_keys_total', store('redis'), times, 0, 60),
  ]),
  ofStore('rabbitmq', 'signal.saturation.rose', (began) => [
    standing('rabbitmq_queue_messages_ready', { ...store('rabbitmq'), queue: 'mail' }, began, 2, 9_000),
  ]),
  {
    namespace: 'scraping',
    code: 'signal.target.down',
    object: 'Deployment/scraping/web',
    series: (began) => [
      {
        name: 'up',
        type: 'gauge',
        labels: { ...web('scraping'), job: 'web', instance: '10.244.0.2:8080' },
        value: (time) => (time < began ? 1 : 0),
      },
    ],
  },
];

/** Known by the names of programs, in no namespace: traces, and groups of consumers. */
export const namedFamilies: readonly MetricFamily[] = [
  {
    namespace: 'shop',
    code: 'signal.errors.rose',
    object: 'Deployment/shop/web',
    series: (...times) =>
      failing(
        'traces_span_metrics_calls_total',
        { service_name: 'web', span_kind: 'SPAN_KIND_SERVER' },
        { status_code: 'STATUS_CODE_UNSET' },
        { status_code: 'STATUS_CODE_ERROR' },
        times,
      ),
  },
  {
    namespace: 'lag',
    code: 'signal.saturation.rose',
    object: 'Deployment/lag/front',
    series: (began) =>
      ['0', '1'].map((partition) =>
        standing('kafka_consumergroup_lag', { consumergroup: 'front', topic: 'orders', partition }, began, 5, 40_000),
      ),
  },
];

/** What a node is short of; series of nodes are asked of every node that there is. */
export const nodeFamilies: readonly MetricFamily[] = [
  {
    namespace: 'retransmissions',
    code: 'signal.network.losses',
    object: 'Node//worker',
    series: (...times) => [counting('node_netstat_Tcp_RetransSegs', { instance: 'worker:9100' }, times, 1, 120)],
  },
  {
    namespace: 'damaged',
    code: 'signal.network.losses',
    object: 'Node//worker',
    series: (...times) => [
      counting('node_network_receive_errs_total', { instance: 'worker:9100', device: 'eno1' }, times, 0, 90),
    ],
  },
  {
    namespace: 'disk',
    code: 'signal.disk.rose',
    object: 'Node//worker',
    series: (...times) => [
      counting('node_disk_io_time_seconds_total', { instance: 'worker:9100', device: 'sda' }, times, 0.05, 0.98),
    ],
  },
];
