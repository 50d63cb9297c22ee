/** Where a metric is looked for: labels that name pods, claims or nodes, or the whole cluster. */
export type MetricScope = 'pods' | 'claims' | 'nodes' | 'cluster';

/** One way to ask; the first whose metric is there is taken. */
export interface MetricChoice {
  readonly metric: string;
  /** Who exports it, for people. */
  readonly exporter: string;
  /** PromQL over series with these labels: `namespace="shop",pod=~"web-.*"`. */
  readonly query: (labels: string) => string;
}

/** What may be asked of metrics, and of which causes it is asked. Adding a line here is all that a new question takes. */
export interface MetricQuestion {
  readonly name: string;
  /** In a sentence: "memory in use: 120 MiB → 500 MiB". */
  readonly says: string;
  readonly unit: 'bytes' | 'cores' | 'seconds' | 'share' | 'per second' | 'count';
  /** What of it is compared: how high it is, how high it gets, or how much it has grown. */
  readonly looks: 'level' | 'peak' | 'growth';
  readonly scope: MetricScope;
  readonly choices: readonly MetricChoice[];
  /** Codes of the catalogue, or beginnings of several: `pod.crash.`. A test sees to it that each exists. */
  readonly codes: readonly string[];
  /** Asked of everything in scope too, whatever was found: how users are served, and what runs out. */
  readonly standing?: true;
}

const cadvisor = 'the kubelet (cAdvisor)';
const kubeState = 'kube-state-metrics';
const application = 'the program itself';
const kubelet = 'the kubelet';
const nodeExporter = 'node_exporter';
const inContainers = (labels: string): string => `${labels},container!="",container!="POD"`;
const byContainer = 'by (namespace, pod, container)';

/** Where nothing fails there is no series of failures: it is nought, not unknown. */
function errorShare(metric: string, failing: string, among = ''): MetricChoice {
  const all = (labels: string): string => `sum by (namespace, pod) (rate(${metric}{${labels}${among}}[5m]))`;
  return { metric, exporter: application, query: (labels) => `(sum by (namespace, pod) (rate(${metric}{${labels}${among},${failing}}[5m])) or 0 * ${all(labels)}) / ${all(labels)}` };
}

function rate(metric: string, among = ''): MetricChoice {
  return { metric, exporter: application, query: (labels) => `sum by (namespace, pod) (rate(${metric}{${labels}${among}}[5m]))` };
}

function latency(metric: string, among = ''): MetricChoice {
  return { metric, exporter: application, query: (labels) => `histogram_quantile(0.95, sum by (le, namespace, pod) (rate(${metric}{${labels}${among}}[5m])))` };
}

/** A mesh tells each request twice, by the caller's pod and by that of the called one. */
const byCalled = ',reporter="destination"';

function inSeconds(choice: MetricChoice): MetricChoice {
  return { ...choice, exporter: 'Istio', query: (labels) => `${choice.query(labels)} / 1000` };
}

/** Names of metrics: https://github.com/kubernetes/kube-state-metrics/tree/main/docs, https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md, https://github.com/prometheus/node_exporter, https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ */
export const metricQuestions: readonly MetricQuestion[] = [
  {
    name: 'restarts', says: 'restarts', unit: 'count', looks: 'growth', scope: 'pods',
    choices: [{ metric: 'kube_pod_container_status_restarts_total', exporter: kubeState, query: (labels) => `max ${byContainer} (kube_pod_container_status_restarts_total{${labels}})` }],
    codes: ['pod.crash.', 'pod.data.', 'pod.exit.completes', 'pod.liveness.', 'pod.memory.', 'pod.dependency.', 'signal.restarts.repeat'],
  },
  {
    name: 'memory', says: 'memory in use', unit: 'bytes', looks: 'peak', scope: 'pods', standing: true,
    choices: [{ metric: 'container_memory_working_set_bytes', exporter: cadvisor, query: (labels) => `max ${byContainer} (container_memory_working_set_bytes{${inContainers(labels)}})` }],
    codes: ['pod.memory.', 'pod.evicted.node-pressure', 'signal.memory.', 'pod.liveness.killed'],
  },
  {
    name: 'cpu', says: 'CPU in use', unit: 'cores', looks: 'level', scope: 'pods', standing: true,
    choices: [{ metric: 'container_cpu_usage_seconds_total', exporter: cadvisor, query: (labels) => `sum ${byContainer} (rate(container_cpu_usage_seconds_total{${inContainers(labels)}}[5m]))` }],
    codes: ['pod.liveness.', 'pod.probe.timeout', 'pod.startup.budget-exceeded', 'signal.cpu.', 'signal.latency.rose'],
  },
  {
    name: 'throttling', says: 'share of its time in which it was held back at its CPU limit', unit: 'share', looks: 'level', scope: 'pods', standing: true,
    choices: [{
      metric: 'container_cpu_cfs_throttled_periods_total', exporter: cadvisor,
      query: (labels) => `sum ${byContainer} (rate(container_cpu_cfs_throttled_periods_total{${inContainers(labels)}}[5m])) / sum ${byContainer} (rate(container_cpu_cfs_periods_total{${inContainers(labels)}}[5m]))`,
    }],
    codes: ['pod.liveness.', 'pod.probe.timeout', 'pod.startup.budget-exceeded', 'signal.cpu.', 'signal.latency.rose'],
  },
  {
    name: 'errors', says: 'share of requests that fail', unit: 'share', looks: 'level', scope: 'pods', standing: true,
    choices: [
      errorShare('http_requests_total', 'code=~"5.."'),
      errorShare('http_server_request_duration_seconds_count', 'http_response_status_code=~"5.."'),
      errorShare('http_server_requests_seconds_count', 'status=~"5.."'),
      { ...errorShare('istio_requests_total', 'response_code=~"5.."', byCalled), exporter: 'Istio' },
    ],
    codes: ['pod.dependency.', 'pod.probe.app-unhealthy', 'pod.probe.timeout', 'service.no-endpoints.', 'service.port.', 'workload.unavailable', 'workload.rollout-stuck', 'signal.errors.rose', 'signal.latency.rose', 'signal.log.'],
  },
  {
    name: 'requests', says: 'requests', unit: 'per second', looks: 'level', scope: 'pods', standing: true,
    choices: [rate('http_requests_total'), rate('http_server_request_duration_seconds_count'), rate('http_server_requests_seconds_count'), { ...rate('istio_requests_total', byCalled), exporter: 'Istio' }],
    codes: ['signal.errors.rose', 'signal.latency.rose', 'signal.cpu.'],
  },
  {
    name: 'latency', says: 'latency (95th percentile)', unit: 'seconds', looks: 'level', scope: 'pods', standing: true,
    choices: [latency('http_request_duration_seconds_bucket'), latency('http_server_request_duration_seconds_bucket'), latency('http_server_requests_seconds_bucket'), inSeconds(latency('istio_request_duration_milliseconds_bucket', byCalled))],
    codes: ['pod.dependency.unreachable', 'pod.dependency.too-many-connections', 'pod.probe.timeout', 'signal.latency.rose', 'signal.cpu.', 'signal.saturation.rose', 'signal.connections.rose', 'signal.memory.', 'signal.log.'],
  },
  {
    name: 'garbage-collection', says: 'share of its time spent collecting garbage', unit: 'share', looks: 'level', scope: 'pods', standing: true,
    choices: [rate('jvm_gc_pause_seconds_sum'), rate('jvm_gc_collection_seconds_sum')],
    codes: ['signal.memory.collecting'],
  },
  {
    name: 'waiting-for-connections', says: 'requests that wait for a connection of the pool', unit: 'count', looks: 'level', scope: 'pods', standing: true,
    choices: [{ metric: 'hikaricp_connections_pending', exporter: application, query: (labels) => `sum by (namespace, pod) (hikaricp_connections_pending{${labels}})` }],
    codes: ['signal.saturation.rose'],
  },
  {
    name: 'volume-use', says: 'bytes in use on the volume', unit: 'bytes', looks: 'level', scope: 'claims',
    choices: [{ metric: 'kubelet_volume_stats_used_bytes', exporter: kubelet, query: (labels) => `{__name__=~"kubelet_volume_stats_(used|capacity)_bytes",${labels}}` }],
    codes: ['pod.crash.disk-full', 'pod.dependency.storage-full', 'signal.volume.nearly-full', 'storage.resize.', 'storage.volume.too-small'],
  },
  {
    name: 'node-disk', says: 'bytes free on the disk', unit: 'bytes', looks: 'level', scope: 'nodes',
    choices: [{ metric: 'node_filesystem_avail_bytes', exporter: nodeExporter, query: (labels) => `{__name__=~"node_filesystem_(avail|size)_bytes",fstype!~"tmpfs|overlay|squashfs",${labels}}` }],
    codes: ['node.pressure.disk', 'node.disk.image-gc-failed', 'pod.evicted.node-pressure', 'pod.image.no-space', 'kind.disk-full', 'signal.disk.nearly-full'],
  },
  {
    name: 'node-memory', says: 'share of the node\'s memory in use', unit: 'share', looks: 'level', scope: 'nodes',
    choices: [{ metric: 'node_memory_MemAvailable_bytes', exporter: nodeExporter, query: (labels) => `1 - node_memory_MemAvailable_bytes{${labels}} / node_memory_MemTotal_bytes{${labels}}` }],
    codes: ['node.pressure.memory', 'node.memory.system-oom', 'pod.memory.node-exhausted', 'kind.out-of-memory'],
  },
  {
    name: 'node-cpu', says: 'share of the node\'s CPU that is busy', unit: 'share', looks: 'level', scope: 'nodes', standing: true,
    choices: [{ metric: 'node_cpu_seconds_total', exporter: nodeExporter, query: (labels) => `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle",${labels}}[5m]))` }],
    codes: ['signal.cpu.', 'signal.latency.rose', 'signal.saturation.rose'],
  },
  {
    name: 'node-disk-wait', says: 'share of the node\'s CPU that waits for disks', unit: 'share', looks: 'level', scope: 'nodes', standing: true,
    choices: [{ metric: 'node_cpu_seconds_total', exporter: nodeExporter, query: (labels) => `avg by (instance) (rate(node_cpu_seconds_total{mode="iowait",${labels}}[5m]))` }],
    codes: ['signal.disk.rose', 'signal.latency.rose', 'node.pressure.disk'],
  },
  {
    name: 'node-contention', says: 'share of time in which tasks on the node wait for its CPU', unit: 'share', looks: 'level', scope: 'nodes', standing: true,
    choices: [{ metric: 'node_pressure_cpu_waiting_seconds_total', exporter: nodeExporter, query: (labels) => `rate(node_pressure_cpu_waiting_seconds_total{${labels}}[5m])` }],
    codes: ['signal.contention.rose'],
  },
  {
    name: 'node-packet-loss', says: 'packets that the node drops', unit: 'per second', looks: 'level', scope: 'nodes', standing: true,
    choices: [{ metric: 'node_network_receive_drop_total', exporter: nodeExporter, query: (labels) => `sum by (instance) (rate(node_network_receive_drop_total{device!~"lo|veth.*|cali.*|cni.*",${labels}}[5m]))` }],
    codes: ['signal.network.losses', 'signal.latency.rose', 'signal.errors.rose'],
  },
  {
    name: 'etcd-fsync', says: 'time in which etcd writes to its disk (99th percentile)', unit: 'seconds', looks: 'level', scope: 'cluster',
    choices: [{ metric: 'etcd_disk_wal_fsync_duration_seconds_bucket', exporter: 'etcd', query: () => 'histogram_quantile(0.99, sum by (le, instance) (rate(etcd_disk_wal_fsync_duration_seconds_bucket[5m])))' }],
    codes: ['control-plane.etcd.slow', 'control-plane.leader.changing', 'kamaji.data-store.not-ready'],
  },
  {
    name: 'dns-failures', says: 'answers of the cluster\'s DNS that say that it failed', unit: 'per second', looks: 'level', scope: 'cluster',
    choices: [{ metric: 'coredns_dns_responses_total', exporter: 'CoreDNS', query: () => 'sum by (namespace, pod) (rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m]))' }],
    codes: ['dns.coredns.', 'pod.dependency.unresolved', 'network-policy.dns-blocked'],
  },
];

/** Questions that a cause with this code calls for. */
export function questionsFor(code: string): readonly MetricQuestion[] {
  return metricQuestions.filter(({ codes }) => codes.some((one) => (one.endsWith('.') ? code.startsWith(one) : code === one)));
}
