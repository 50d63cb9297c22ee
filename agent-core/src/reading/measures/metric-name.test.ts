import { describe, expect, it } from 'vitest';
import { metricName, namingText, renamed } from './metric-name.ts';

const series = (labels: Record<string, string>, query = 'export') => ({ labels, query, points: [] });

describe('the name of a metric', () => {
  it.each<[string, Record<string, string>, string, string]>([
    ['its own', { __name__: 'up', metric: 'x' }, 'file', 'up'],
    ['that in a label of a table', { cmdb_id: 'cart', kpi_name: 'container_cpu' }, 'kpi', 'container_cpu'],
    ['its query where there is none', { pod: 'web-1' }, 'cart_cpu', 'cart_cpu'],
    [
      'its query where a label only divides what was asked',
      { metric: 'cpu' },
      'sum by (metric) (rate(x_total[5m]))',
      'sum by (metric) (rate(x_total[5m]))',
    ],
    ['its query where the label holds a sentence', { metric: 'how late it is' }, 'latency', 'latency'],
  ])('is %s', (_, labels, query, name) => {
    expect(metricName(series(labels, query))).toBe(name);
  });

  it('is taken from all of its places when it changes', () => {
    expect(metricName(renamed(series({ __name__: 'cart_cpu', kpi: 'x', pod: 'p' }), 'cpu'))).toBe('cpu');
  });

  it('is all that is read of a series that has one, whatever selected it', () => {
    expect(
      namingText(
        series(
          { __name__: 'mysql_global_status_threads_running' },
          '{__name__=~"mysql_global_status_slow_queries|mysql_global_status_threads_running"}',
        ),
      ),
    ).toBe('mysql_global_status_threads_running');
    expect(namingText(series({ pod: 'p' }, 'rate(http_requests_total[5m])'))).toContain('http_requests_total');
  });
});
