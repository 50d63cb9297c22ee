import type { MetricChoice, MetricQuestion } from './metric-question.ts';

/**
 * Of an exporter, several metrics as they are: their names tell that it is not about the exporter's own pod, and rules read
 * them as they read those of a record. The first tells whether there is any.
 */
function asTheyAre(exporter: string, metrics: readonly [string, ...string[]], among = ''): MetricChoice {
  return { metric: metrics[0], exporter, query: (labels) => `{__name__=~"${metrics.join('|')}",${labels}${among}}` };
}

/** A counter's pace, still under its name: between two scrapes its bare values stand still. */
function counted(exporter: string, metric: string): MetricChoice {
  return {
    metric,
    exporter,
    query: (labels) => `label_replace(rate(${metric}{${labels}}[5m]), "__name__", "${metric}", "", "")`,
  };
}

const codes = [
  'signal.store.pressure',
  'signal.connections.rose',
  'signal.saturation.rose',
  'signal.latency.rose',
  'signal.errors.rose',
  'pod.dependency.too-many-connections',
];

/** What stores and queues are short of, as their exporters say it. The exporter of each is the one that most clusters run. */
export const ofStores: readonly MetricQuestion[] = [
  {
    name: 'postgres',
    says: 'PostgreSQL',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    // A label that is absent is an empty one.
    choices: [
      asTheyAre(
        'postgres_exporter',
        ['pg_stat_activity_count', 'pg_stat_activity_max_tx_duration'],
        ',state=~"|active|idle in transaction"',
      ),
    ],
    codes,
  },
  {
    name: 'mysql',
    says: 'MySQL',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      asTheyAre('mysqld_exporter', ['mysql_global_status_threads_running', 'mysql_global_status_threads_connected']),
    ],
    codes,
  },
  {
    name: 'redis',
    says: 'Redis',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      asTheyAre('redis_exporter', ['redis_connected_clients', 'redis_blocked_clients', 'redis_slowlog_length']),
    ],
    codes,
  },
  {
    name: 'mongodb',
    says: 'MongoDB',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      asTheyAre(
        'mongodb_exporter',
        ['mongodb_ss_connections', 'mongodb_ss_globalLock_currentQueue'],
        ',conn_type=~"|current"',
      ),
    ],
    codes,
  },
  {
    name: 'store-pressure',
    says: 'evictions, slow queries, waits for locks and deadlocks',
    unit: 'per second',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      counted('redis_exporter', 'redis_evicted_keys_total'),
      counted('mysqld_exporter', 'mysql_global_status_innodb_row_lock_waits'),
      counted('mysqld_exporter', 'mysql_global_status_slow_queries'),
      counted('postgres_exporter', 'pg_stat_database_deadlocks'),
    ],
    codes,
  },
  {
    name: 'queues',
    says: 'messages that wait',
    unit: 'count',
    looks: 'level',
    scope: 'pods',
    standing: true,
    choices: [
      asTheyAre('RabbitMQ', ['rabbitmq_queue_messages_ready']),
      asTheyAre('RabbitMQ', ['rabbitmq_detailed_queue_messages_ready']),
    ],
    codes,
  },
  {
    name: 'consumer-lag',
    says: 'messages that a consumer has not fetched yet',
    unit: 'count',
    looks: 'level',
    scope: 'names',
    standing: true,
    choices: [
      {
        metric: 'kafka_consumergroup_lag',
        exporter: 'kafka_exporter',
        query: (names) => `sum by (namespace, consumergroup, topic) (kafka_consumergroup_lag{consumergroup=~${names}})`,
      },
    ],
    codes: ['signal.saturation.rose'],
  },
];
