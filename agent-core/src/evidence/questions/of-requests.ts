import type { MetricQuestion } from './metric-question.ts';
import { errorShare, inSeconds, latency, meanLatency, rate } from './request-choices.ts';
import type { Counted } from './request-choices.ts';

/** Programs label the status of a request as they like. */
const byStatus = ['code=~"5(..|xx)"', 'status=~"5(..|xx)"', 'status_code=~"5(..|xx)"'];
/** Codes that are the server's fault: https://grpc.io/docs/guides/status-codes/ */
const byGrpcCode = ['grpc_code=~"Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss|ResourceExhausted"'];

/** A mesh tells each request twice, by the caller's pod and by that of the called one: https://istio.io/latest/docs/reference/config/metrics/ */
const istioCalled: Counted = { exporter: 'Istio', among: ',reporter="destination"' };
/** What the caller saw holds the way there too, and tells who calls whom. */
const istioCalls: Counted = {
  exporter: 'Istio',
  among: ',reporter="source"',
  by: 'by (source_workload, source_workload_namespace, destination_workload, destination_workload_namespace, destination_service_name, destination_service_namespace)',
};
/** https://linkerd.io/2/reference/proxy-metrics/ */
const linkerdCalled: Counted = { exporter: 'Linkerd', among: ',direction="inbound"' };
const linkerdCalls: Counted = {
  exporter: 'Linkerd',
  among: ',direction="outbound",dst_deployment!=""',
  by: 'by (namespace, deployment, dst_deployment, dst_namespace)',
};
/** Names of metrics besides: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/, https://docs.micrometer.io/micrometer/reference/, https://github.com/grpc-ecosystem/go-grpc-middleware */
export const ofRequests: readonly MetricQuestion[] = [
  {
    name: 'errors',
    says: 'share of requests that fail',
    unit: 'share',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      errorShare('http_requests_total', byStatus),
      errorShare('http_server_request_duration_seconds_count', ['http_response_status_code=~"5.."']),
      errorShare('http_server_requests_seconds_count', ['status=~"5.."']),
      errorShare('http_request_duration_seconds_count', byStatus),
      errorShare('request_duration_seconds_count', byStatus),
      errorShare('grpc_server_handled_total', byGrpcCode),
      errorShare('istio_requests_total', ['response_code=~"5.."'], istioCalled),
      errorShare('response_total', ['classification="failure"'], linkerdCalled),
    ],
    codes: [
      'pod.dependency.',
      'pod.probe.app-unhealthy',
      'pod.probe.timeout',
      'service.no-endpoints.',
      'service.port.',
      'workload.unavailable',
      'workload.rollout-stuck',
      'signal.errors.rose',
      'signal.latency.rose',
      'signal.log.',
    ],
  },
  {
    name: 'errors-of-calls',
    says: 'share of calls that fail',
    unit: 'share',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      errorShare('istio_requests_total', ['response_code=~"5.."'], istioCalls),
      errorShare('response_total', ['classification="failure"'], linkerdCalls),
    ],
    codes: ['signal.errors.rose'],
  },
  {
    name: 'requests',
    says: 'requests',
    unit: 'per second',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      rate('http_requests_total'),
      rate('http_server_request_duration_seconds_count'),
      rate('http_server_requests_seconds_count'),
      rate('http_request_duration_seconds_count'),
      rate('request_duration_seconds_count'),
      rate('grpc_server_handled_total'),
      rate('istio_requests_total', istioCalled),
      rate('response_total', linkerdCalled),
    ],
    codes: ['signal.errors.rose', 'signal.latency.rose', 'signal.cpu.'],
  },
  {
    name: 'latency',
    says: 'latency (95th percentile)',
    unit: 'seconds',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      latency('http_request_duration_seconds_bucket'),
      latency('http_server_request_duration_seconds_bucket'),
      latency('http_server_requests_seconds_bucket'),
      latency('request_duration_seconds_bucket'),
      latency('grpc_server_handling_seconds_bucket'),
      inSeconds(latency('rpc_server_duration_milliseconds_bucket')),
      inSeconds(latency('istio_request_duration_milliseconds_bucket', istioCalled)),
      inSeconds(latency('response_latency_ms_bucket', linkerdCalled)),
    ],
    codes: [
      'pod.dependency.unreachable',
      'pod.dependency.too-many-connections',
      'pod.probe.timeout',
      'signal.latency.rose',
      'signal.cpu.',
      'signal.saturation.rose',
      'signal.connections.rose',
      'signal.memory.',
      'signal.log.',
    ],
  },
  {
    name: 'mean-latency',
    says: 'latency (mean)',
    unit: 'seconds',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      meanLatency('http_server_requests_seconds'),
      meanLatency('http_request_duration_seconds'),
      meanLatency('request_duration_seconds'),
    ],
    codes: ['signal.latency.rose'],
  },
];
