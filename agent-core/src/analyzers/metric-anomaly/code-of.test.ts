import { describe, expect, it } from 'vitest';
import type { Measure } from '../../reading/measures/measure.ts';
import { wordsFor } from './code-of.ts';

const words = (kind: Measure['kind'], name: string, derived = ''): string =>
  wordsFor({ kind, derived, series: { query: '', labels: { __name__: name }, points: [] } });

describe('what a measure is called', () => {
  it.each<[Measure['kind'], string, string]>([
    ['pressure', 'pg_stat_activity_max_tx_duration', 'duration of the longest transaction'],
    ['pressure', 'redis_evicted_keys_total', 'rate of evictions'],
    ['pressure', 'redis_keyspace_misses_total', 'rate of cache misses'],
    ['saturation', 'kafka_consumergroup_lag', 'number of messages that are not fetched yet'],
    ['saturation', 'hikaricp_connections_pending', 'number of those that wait'],
    ['saturation', 'node_load1', 'load'],
    ['connections', 'tomcat_threads_busy_threads', 'number of threads in use'],
    ['connections', 'mysql_global_status_threads_connected', 'number of connections'],
    ['connections', 'go_goroutines', 'number of goroutines'],
    ['latency', 'lag_seconds', 'latency'],
  ])('of %s, %s: %s', (kind, name, said) => {
    expect(words(kind, name)).toBe(said);
  });

  it('says how it was put together', () => {
    expect(words('latency', 'x_bucket', '95th percentile')).toBe('latency (95th percentile)');
  });
});
