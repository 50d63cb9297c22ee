import { byPod, exporters } from './metric-question.ts';
import type { MetricChoice, MetricQuestion } from './metric-question.ts';
import { rate } from './request-choices.ts';

function level(metric: string): MetricChoice {
  return { metric, exporter: exporters.application, query: (labels) => `sum ${byPod} (${metric}{${labels}})` };
}

/**
 * What a program's runtime says of itself: https://docs.micrometer.io/micrometer/reference/, https://github.com/siimon/prom-client,
 * https://github.com/prometheus/client_golang, https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
 */
export const ofRuntimes: readonly MetricQuestion[] = [
  {
    name: 'garbage-collection',
    says: 'share of its time spent collecting garbage',
    unit: 'share',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      rate('jvm_gc_pause_seconds_sum'),
      rate('jvm_gc_collection_seconds_sum'),
      rate('dotnet_gc_pause_time_seconds_total'),
    ],
    codes: ['signal.memory.collecting'],
  },
  {
    name: 'event-loop',
    says: 'delay of its event loop',
    unit: 'seconds',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      {
        metric: 'nodejs_eventloop_lag_p99_seconds',
        exporter: exporters.application,
        query: (labels) => `max ${byPod} (nodejs_eventloop_lag_p99_seconds{${labels}})`,
      },
    ],
    codes: ['signal.latency.rose'],
  },
  {
    name: 'waiting-for-connections',
    says: 'requests that wait for a connection of the pool',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [level('hikaricp_connections_pending'), level('db_client_connections_pending_requests')],
    codes: ['signal.saturation.rose'],
  },
  {
    name: 'waiting-for-threads',
    says: 'tasks that wait for a thread',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [level('executor_queued_tasks'), level('dotnet_thread_pool_queue_length')],
    codes: ['signal.saturation.rose'],
  },
  {
    name: 'threads',
    says: 'threads',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [level('jvm_threads_live_threads'), level('go_goroutines')],
    codes: ['signal.connections.rose'],
  },
  {
    name: 'open-files',
    says: 'open files',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [level('process_open_fds')],
    codes: ['signal.connections.rose'],
  },
];
