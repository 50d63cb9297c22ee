import type { MetricChoice, MetricQuestion } from './metric-question.ts';
import { errorShare, inSeconds, latency, rate } from './request-choices.ts';
import type { Counted } from './request-choices.ts';

/** Where a label of the scraped target has the name already, Prometheus calls that of the exporter so. */
function exported(labels: string): string {
  return labels.replaceAll(/(^|,)(namespace|service)(?==)/g, '$1exported_$2');
}

/** https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/ */
const ingress: Counted = {
  exporter: 'ingress-nginx',
  by: 'by (namespace, service, ingress, exported_namespace, exported_service)',
  among: ',ingress!=""',
};

/** By the labels of the Service that was called, under either of their names. */
function atTheDoor(choice: MetricChoice): MetricChoice {
  return { ...choice, query: (labels) => `(${choice.query(exported(labels))}) or (${choice.query(labels)})` };
}

/** By the names of programs: in one label, of which the choice is otherwise told nothing. */
function named(label: string, choice: MetricChoice): MetricChoice {
  return { ...choice, query: (names) => choice.query(`${label}=~${names}`) };
}

const ofService = {
  exporter: 'the collector of traces',
  by: 'by (service_name)',
  among: ',span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"',
};
const ofTempo = { exporter: 'Tempo', by: 'by (service)', among: ',span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"' };
const ofGraph = { exporter: 'the collector of traces', by: 'by (client, server)' };

/** The failures of a service graph are a counter of their own. */
const failedCalls: MetricChoice = {
  metric: 'traces_service_graph_request_total',
  exporter: ofGraph.exporter,
  query: (labels) => {
    const all = `sum ${ofGraph.by} (rate(traces_service_graph_request_total{${labels}}[5m]))`;
    return `(sum ${ofGraph.by} (rate(traces_service_graph_request_failed_total{${labels}}[5m])) or 0 * ${all}) / ${all}`;
  },
};

/**
 * What callers and traces tell of those who do not tell it themselves:
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector,
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/
 */
export const ofCallers: readonly MetricQuestion[] = [
  {
    name: 'errors-at-the-door',
    says: 'share of requests from outside that fail',
    unit: 'share',
    looks: 'level',
    scope: 'services',
    standing: true,
    choices: [atTheDoor(errorShare('nginx_ingress_controller_requests', ['status=~"5.."'], ingress))],
    codes: ['service.no-endpoints.', 'service.port.', 'workload.unavailable', 'signal.errors.rose'],
  },
  {
    name: 'errors-in-traces',
    says: 'share of spans that fail',
    unit: 'share',
    looks: 'level',
    scope: 'names',
    standing: true,
    choices: [
      ...['traces_span_metrics_calls_total', 'calls_total'].map((metric) =>
        named('service_name', errorShare(metric, ['status_code="STATUS_CODE_ERROR"'], ofService)),
      ),
      named('service', errorShare('traces_spanmetrics_calls_total', ['status_code="STATUS_CODE_ERROR"'], ofTempo)),
      named('server', failedCalls),
    ],
    codes: ['signal.errors.rose'],
  },
  {
    name: 'requests-in-traces',
    says: 'spans',
    unit: 'per second',
    looks: 'level',
    scope: 'names',
    standing: true,
    choices: [
      ...['traces_span_metrics_calls_total', 'calls_total'].map((metric) =>
        named('service_name', rate(metric, ofService)),
      ),
      named('service', rate('traces_spanmetrics_calls_total', ofTempo)),
    ],
    codes: ['signal.errors.rose', 'signal.latency.rose'],
  },
  {
    name: 'latency-in-traces',
    says: 'latency of spans (95th percentile)',
    unit: 'seconds',
    looks: 'level',
    scope: 'names',
    standing: true,
    choices: [
      ...['traces_span_metrics_duration_milliseconds_bucket', 'duration_milliseconds_bucket'].map((metric) =>
        named('service_name', inSeconds(latency(metric, ofService))),
      ),
      named('service', latency('traces_spanmetrics_latency_bucket', ofTempo)),
      named('server', latency('traces_service_graph_request_server_seconds_bucket', ofGraph)),
    ],
    codes: ['signal.latency.rose'],
  },
];
