import { describe, expect, it } from 'vitest';
import { shown, unitOf } from './unit.ts';

const series = (name: string, query = '') => ({ query, labels: name === '' ? {} : { __name__: name }, points: [] });

describe('the unit of a measure', () => {
  it.each([
    [
      'latency',
      series('', 'histogram_quantile(0.9, sum by (le) (rate(istio_request_duration_milliseconds_bucket[1m])))'),
      'milliseconds',
    ],
    [
      'latency',
      series('', 'histogram_quantile(0.9, sum by (le) (rate(istio_request_duration_milliseconds_bucket[1m]))) / 1000'),
      'seconds',
    ],
    ['latency', series('http_request_duration_seconds'), 'seconds'],
    ['latency', series('latency-90'), 'unknown'],
    ['cpu', series('container_cpu_usage_seconds_total'), 'cores'],
    ['cpu', series('cpu_usage_percent'), 'percent'],
    ['cpu', series('cpu'), 'unknown'],
    [
      'errors',
      series('', 'sum(rate(http_requests_total{code=~"5.."}[1m])) / sum(rate(http_requests_total[1m]))'),
      'share',
    ],
    ['errors', series('', 'sum(rate(http_requests_total{code=~"5.."}[1m]))'), 'per second'],
    ['errors', series('error_rate'), 'share'],
    ['memory', series('container_memory_working_set_bytes'), 'bytes'],
    ['disk-traffic', series('container_fs_writes_bytes_total'), 'bytes per second'],
    ['packet-loss', series('node_network_receive_drop_total'), 'per second'],
  ] as const)('%s of %o is %s', (kind, given, unit) => {
    expect(unitOf(given, kind, kind === 'memory' ? 5e8 : 0.5)).toBe(unit);
  });
});

describe('a value', () => {
  it('is written as people write it', () => {
    expect([
      shown(0.934, 'cores'),
      shown(1.5, 'cores'),
      shown(5 * 2 ** 20 + 0.3, 'bytes'),
      shown(269.39, 'bytes per second'),
      shown(0.0412, 'seconds'),
      shown(2.5, 'seconds'),
      shown(1250, 'milliseconds'),
      shown(0.0345, 'share'),
      shown(92, 'percent'),
      shown(381.2, 'per second'),
      shown(12, 'count'),
      shown(0.155, 'unknown'),
    ]).toEqual([
      '934m',
      '1.5 cores',
      '5Mi',
      '269B/s',
      '41.2 ms',
      '2.5 s',
      '1.25 s',
      '3.45 %',
      '92 %',
      '381/s',
      '12',
      '0.155',
    ]);
  });
});
