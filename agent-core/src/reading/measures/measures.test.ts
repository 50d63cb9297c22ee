import { describe, expect, it } from 'vitest';
import { refKey } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import type { Measure } from './measure.ts';
import { measuresOf } from './measures.ts';

const now = Date.parse('2026-01-01T12:00:00Z') / 1000;
const workload = (name: string, namespace = 'shop') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, uid: `${namespace}-${name}` },
});
const objects = [
  workload('cart'),
  workload('cart-cache'),
  workload('web'),
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', uid: 'n' },
    status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] },
  },
];

/** One point a minute for twenty minutes. */
function series(labels: Series['labels'], value: (minute: number) => number, query = ''): Series {
  return { query, labels, points: Array.from({ length: 20 }, (_, i) => [now - (19 - i) * 60, value(i)] as const) };
}

/** A counter that grows by so much each second. */
function counter(labels: Series['labels'], perSecond: (minute: number) => number, start = 0): Series {
  let total = start;
  return series(labels, (minute) => (total += perSecond(minute) * 60));
}

function measured(...given: readonly Series[]): readonly Measure[] {
  return measuresOf(new Snapshot({ ...partsFrom(objects, '2026-01-01T12:00:00Z'), series: given }));
}

function one(
  kind: Measure['kind'],
  ...given: readonly Series[]
): { readonly of: string; readonly unit: string; readonly last: number | undefined } {
  const found = measured(...given).filter((measure) => measure.kind === kind);
  expect(found).toHaveLength(1);
  const [measure] = found;
  return {
    of: measure === undefined ? '' : refKey(measure.object),
    unit: measure?.unit ?? '',
    last: measure?.points.values.at(-1),
  };
}

const cart = { namespace: 'shop', deployment: 'cart' };

describe('what series come to', () => {
  it('is of a histogram the 95th percentile, linear within a bucket', () => {
    const bucket = (le: string, rate: number): Series =>
      counter({ ...cart, __name__: 'http_request_duration_seconds_bucket', le }, () => rate);
    const latency = one('latency', bucket('0.1', 90), bucket('0.5', 100), bucket('+Inf', 100));
    expect(latency).toMatchObject({ of: 'Deployment/shop/cart', unit: 'seconds' });
    expect(latency.last).toBeCloseTo(0.3);
  });

  it('is of a sum and a count the mean', () => {
    const named = (name: string, rate: number): Series => counter({ ...cart, __name__: name }, () => rate);
    expect(
      one('latency', named('http_server_requests_seconds_sum', 5), named('http_server_requests_seconds_count', 20)),
    ).toEqual({ of: 'Deployment/shop/cart', unit: 'seconds', last: 0.25 });
  });

  it('is of requests of which only those that failed were kept how many they are', () => {
    const failed = counter({ ...cart, __name__: 'http_requests_total', code: '500' }, () => 3);
    expect(one('errors', failed)).toEqual({ of: 'Deployment/shop/cart', unit: 'per second', last: 3 });
  });

  it.each([{ status_class: '5xx' }, { statusCode: '503' }, { http_response_code: '500' }])(
    'is of requests by %j the share that failed',
    (status) => {
      const ok = Object.fromEntries(Object.keys(status).map((label) => [label, '200']));
      const requests = (labels: Series['labels'], rate: number): Series =>
        counter({ ...cart, __name__: 'http_requests_total', ...labels }, () => rate);
      expect(one('errors', requests(ok, 9), requests(status, 1))).toMatchObject({ unit: 'share', last: 0.1 });
    },
  );

  it('is of sessions how many there are, although they are called a count', () => {
    expect(
      one(
        'connections',
        series({ ...cart, __name__: 'pg_stat_activity_count', state: 'active' }, () => 90),
      ).last,
    ).toBe(90);
  });

  it('is of requests by their status the share that failed, and how many there are', () => {
    const by = (code: string, rate: number): Series =>
      counter({ ...cart, __name__: 'http_requests_total', code }, () => rate);
    expect(one('errors', by('200', 90), by('404', 5), by('503', 5))).toMatchObject({ unit: 'share', last: 0.05 });
    expect(one('requests', by('200', 90), by('404', 5), by('503', 5))).toMatchObject({ unit: 'per second', last: 100 });
  });

  it.each([
    ['success_rate', 99, 99.9],
    ['success_ratio', 0.5, 1],
    ['probe_success', 0, 1],
    ['sr', 88, 99],
  ])('is of the share that succeeds (%s) the one that fails', (name, last, before) => {
    const whole = before > 1.5 ? 100 : 1;
    const errors = one(
      'errors',
      series({ ...cart, __name__: name }, (minute) => (minute < 10 ? before : last)),
    );
    expect(errors).toMatchObject({ unit: whole === 100 ? 'percent' : 'share' });
    expect(errors.last).toBeCloseTo(whole - last);
  });

  it('is of an answer of a name server that it could not find out a failure, and that there is no such name none', () => {
    const by = (rcode: string): Series => counter({ ...cart, __name__: 'coredns_dns_responses_total', rcode }, () => 1);
    expect(one('errors', by('NOERROR'), by('NXDOMAIN'), by('SERVFAIL'), by('REFUSED')).last).toBe(0.25);
  });

  it('is of requests that a proxy counts without saying that it counts how many come', () => {
    const by = (status: string, rate: number): Series =>
      counter({ ...cart, __name__: 'nginx_ingress_controller_requests', status }, () => rate);
    expect(one('errors', by('200', 9), by('502', 1)).last).toBeCloseTo(0.1);
    expect(one('requests', by('200', 9), by('502', 1))).toMatchObject({ unit: 'per second', last: 10 });
  });

  it.each<[Measure['kind'], string, string]>([
    ['collection', 'jvm_gc_pause_seconds_sum', 'share'],
    ['contention', 'container_pressure_cpu_waiting_seconds_total', 'share'],
  ])('is of the seconds of %s the share of time', (kind, name, unit) => {
    const found = one(
      kind,
      counter({ ...cart, __name__: name }, () => 0.25),
    );
    expect(found).toMatchObject({ unit });
    expect(found.last).toBeCloseTo(0.25);
  });

  it.each<[string, Measure['kind'], Series['labels'], string]>([
    ['the longest that a request took lately', 'latency', { __name__: 'http_server_requests_seconds_max' }, 'seconds'],
    [
      'a quantile that is only told by its label',
      'latency',
      { __name__: 'http_server_requests_seconds', quantile: '0.95' },
      'seconds',
    ],
    ['the longest transaction', 'pressure', { __name__: 'pg_stat_activity_max_tx_duration' }, 'seconds'],
    ['errors in each second', 'errors', { __name__: 'http_5xx_per_second' }, 'per second'],
    ['what a table of indicators names in a label', 'cpu', { kpi_name: 'container_cpu_cores' }, 'cores'],
  ])('is %s', (_, kind, labels, unit) => {
    expect(
      one(
        kind,
        series({ ...cart, ...labels }, (minute) => minute + 0.5, 'export'),
      ),
    ).toMatchObject({ unit });
  });

  it('is not told by the name of the file, where the series has one', () => {
    expect(
      measured(series({ ...cart, __name__: 'node_load1' }, () => 3, 'cpu_and_latency')).map(({ kind }) => kind),
    ).toEqual(['saturation']);
  });

  it("knows gRPC's failures, and that a refused request is the client's", () => {
    const by = (grpc_code: string): Series =>
      counter({ ...cart, __name__: 'grpc_server_handled_total', grpc_code }, () => 1);
    expect(one('errors', by('OK'), by('Unavailable'), by('NotFound'), by('InvalidArgument')).last).toBe(0.25);
  });

  it('knows the spans of OpenTelemetry that ended in an error', () => {
    const spans = (status_code: string): Series =>
      counter(
        { service_name: 'cart', span_name: 'GET /cart', status_code, __name__: 'traces_span_metrics_calls_total' },
        () => 2,
      );
    expect(one('errors', spans('STATUS_CODE_UNSET'), spans('STATUS_CODE_ERROR'))).toEqual({
      of: 'Deployment/shop/cart',
      unit: 'share',
      last: 0.5,
    });
    const bucket = (le: string, rate: number): Series =>
      counter({ service_name: 'cart', le, __name__: 'traces_span_metrics_duration_milliseconds_bucket' }, () => rate);
    expect(one('latency', bucket('100', 50), bucket('250', 100), bucket('+Inf', 100))).toMatchObject({
      of: 'Deployment/shop/cart',
      unit: 'milliseconds',
    });
  });

  it('is of throttled and all periods their share', () => {
    const periods = (name: string, rate: number): Series =>
      counter({ ...cart, container: 'app', __name__: name }, () => rate);
    expect(
      one(
        'throttling',
        periods('container_cpu_cfs_throttled_periods_total', 2),
        periods('container_cpu_cfs_periods_total', 10),
      ),
    ).toMatchObject({ unit: 'share', last: 0.2 });
  });

  it('is of a node what of its CPU is busy and waits, and what of its memory is in use', () => {
    const mode = (name: string, rate: number): Series =>
      counter(
        {
          instance: '10.0.0.1:9100',
          pod: 'node-exporter-x',
          namespace: 'monitoring',
          __name__: 'node_cpu_seconds_total',
          mode: name,
        },
        () => rate,
      );
    const modes = [mode('idle', 5), mode('user', 2), mode('iowait', 1)];
    expect(one('cpu', ...modes)).toEqual({ of: 'Node//node-1', unit: 'share', last: 0.25 });
    expect(one('disk-busy', ...modes).last).toBe(0.125);
    const memory = (name: string, bytes: number): Series =>
      series({ instance: '10.0.0.1:9100', __name__: name }, () => bytes);
    expect(
      one('memory', memory('node_memory_MemAvailable_bytes', 1e9), memory('node_memory_MemTotal_bytes', 4e9)),
    ).toEqual({ of: 'Node//node-1', unit: 'share', last: 0.75 });
  });

  it('is no duration of a collector or of the monitoring itself', () => {
    const named = (name: string): Series => counter({ ...cart, __name__: name }, () => 1);
    expect(
      measured(
        named('jvm_gc_pause_seconds_sum'),
        named('jvm_gc_pause_seconds_count'),
        named('prometheus_http_request_duration_seconds_sum'),
        named('prometheus_http_request_duration_seconds_count'),
      ).filter(({ kind, derived }) => kind === 'latency' && derived !== ''),
    ).toEqual([]);
  });

  it('counts a request that both sides of a mesh report once, as its caller saw it', () => {
    const side = (reporter: string, milliseconds: number): Series[] =>
      ['sum', 'count'].map((part) =>
        counter(
          {
            reporter,
            source_workload: 'web',
            destination_workload: 'cart',
            destination_workload_namespace: 'shop',
            pod: 'web-1',
            namespace: 'shop',
            __name__: `istio_request_duration_milliseconds_${part}`,
          },
          () => (part === 'sum' ? milliseconds * 10 : 10),
        ),
      );
    expect(one('latency', ...side('destination', 20), ...side('source', 220))).toEqual({
      of: 'Deployment/shop/cart',
      unit: 'milliseconds',
      last: 220,
    });
  });

  it('goes by a gauge that is called like a counter, and by a counter that is called like a gauge', () => {
    expect(
      one(
        'connections',
        series({ ...cart, __name__: 'pg_stat_activity_count' }, (minute) => 10 + (minute % 3)),
      ).last,
    ).toBe(11);
    expect(
      one(
        'pressure',
        counter({ ...cart, __name__: 'mysql_global_status_innodb_row_lock_waits' }, () => 3),
      ).last,
    ).toBe(3);
  });

  it.each([
    'http_requests_total',
    'http_server_request_duration_seconds_count',
    'http_server_requests_seconds_count',
    'istio_requests_total',
  ])('is of a rate of %s the requests', (metric) => {
    expect(
      one(
        'requests',
        series(
          { namespace: 'shop', deployment: 'cart' },
          () => 7,
          `sum by (namespace, pod) (rate(${metric}{namespace=~"shop"}[5m]))`,
        ),
      ),
    ).toMatchObject({ unit: 'per second', last: 7 });
  });

  it('leaves the page cache out where the working set is known', () => {
    const memory = (name: string, bytes: number): Series =>
      series({ ...cart, pod: 'cart-1', container: 'app', __name__: name }, () => bytes);
    expect(
      one(
        'memory',
        memory('container_memory_working_set_bytes', 3e8),
        memory('container_memory_usage_bytes', 7e8),
        memory('container_memory_cache', 4e8),
      ).last,
    ).toBe(3e8);
    expect(one('memory', memory('container_memory_usage_bytes', 7e8)).last).toBe(7e8);
  });

  it('takes failures that were counted only once they happened for none before', () => {
    const errors: Series = {
      query: 'errors_per_second',
      labels: { service: 'cart' },
      points: Array.from({ length: 5 }, (_, i) => [now - (4 - i) * 60, 2] as const),
    };
    const [found] = measured(
      series({ service: 'cart', __name__: 'cpu' }, () => 1),
      errors,
    ).filter(({ kind }) => kind === 'errors');
    expect(found?.points.values).toEqual([...Array.from({ length: 15 }, () => 0), 2, 2, 2, 2, 2]);
  });
});

describe('whom a series is about', () => {
  it('is told by a name that only one object has, where no namespace is', () => {
    expect(
      one(
        'cpu',
        series({ __name__: 'cpu', service: 'cart' }, () => 1),
      ).of,
    ).toBe('Deployment/shop/cart');
  });

  it('is told by the metric itself where nothing is labelled, the longest name first', () => {
    expect(
      one(
        'latency',
        series({}, () => 1, 'cart-cache_latency-90'),
      ).of,
    ).toBe('Deployment/shop/cart-cache');
    expect(
      one(
        'memory',
        series({}, () => 2e8, 'cart.mem'),
      ).of,
    ).toBe('Deployment/shop/cart');
  });

  it('is nobody where two have the name', () => {
    const both = new Snapshot({
      ...partsFrom([...objects, workload('cart', 'other')], '2026-01-01T12:00:00Z'),
      series: [series({ __name__: 'cpu', service: 'cart' }, () => 1)],
    });
    expect(measuresOf(both).map(({ object }) => object.kind)).toEqual(['Metric']);
  });

  it("is the called one in what the caller's proxy counts", () => {
    const upstream = (envoy_response_code: string): Series =>
      counter(
        {
          namespace: 'shop',
          pod: 'web-1',
          __name__: 'envoy_cluster_upstream_rq',
          envoy_cluster_name: 'outbound|8080||cart.shop.svc.cluster.local',
          envoy_response_code,
        },
        () => 5,
      );
    expect(one('errors', upstream('200'), upstream('503'))).toMatchObject({ of: 'Deployment/shop/cart', last: 0.5 });
    const linkerd = (classification: string): Series =>
      counter(
        {
          namespace: 'shop',
          deployment: 'web',
          dst_deployment: 'cart',
          dst_namespace: 'shop',
          __name__: 'response_total',
          classification,
        },
        () => 5,
      );
    expect(one('errors', linkerd('success'), linkerd('failure'))).toMatchObject({
      of: 'Deployment/shop/cart',
      last: 0.5,
    });
  });

  it('is the called one in the service graph of traces', () => {
    expect(
      one(
        'requests',
        counter({ client: 'web', server: 'cart', __name__: 'traces_service_graph_request_total' }, () => 4),
      ),
    ).toMatchObject({ of: 'Deployment/shop/cart', last: 4 });
  });
});

describe('series that are broken on purpose', () => {
  it('give nothing, and throw nothing', () => {
    const odd: readonly Series[] = [
      { query: '', labels: {}, points: [] },
      {
        query: 'cpu',
        labels: { service: '__proto__' },
        points: [
          [Number.NaN, 1],
          [now, Number.NaN],
        ],
      },
      {
        query: '',
        labels: { __name__: 'http_request_duration_seconds_bucket', le: 'not a number', service: 'cart' },
        points: [
          [now, 1],
          [now + 60, 2],
        ],
      },
      {
        query: 'a'.repeat(100_000),
        labels: { [`x`.repeat(1000)]: '1' },
        points: [
          [now, 1e308],
          [now + 60, 1e308],
        ],
      },
    ];
    expect(() => measured(...odd)).not.toThrow();
    expect(measured(...odd).flatMap(({ points }) => points.values.filter((value) => Number.isNaN(value)))).toEqual([]);
  });
});
