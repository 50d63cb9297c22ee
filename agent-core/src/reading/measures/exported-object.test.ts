import { describe, expect, it } from 'vitest';
import { refKey } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { exportedObject, hostIn, objectAt } from './exported-object.ts';

const pod = (name: string, app: string, env: readonly object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app } },
  spec: { containers: [{ name: app, image: 'a:1', env }] },
});
const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ port: 1 }] },
});
const snapshot = new Snapshot(
  partsFrom(
    [
      service('orders-db'),
      service('cache'),
      pod('orders-db-0', 'orders-db'),
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'invoice-writer', namespace: 'shop' } },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'search', namespace: 'shop' } },
      pod('postgres-exporter-7d9f-abcde', 'postgres-exporter', [
        { name: 'DATA_SOURCE_URI', value: 'orders-db:5432/orders?sslmode=disable' },
      ]),
      pod('export-exporter-1', 'export-exporter', [{ name: 'DB_HOST', value: 'orders-db' }]),
    ],
    '2026-01-01T12:00:00Z',
  ),
);
const find = (labels: Record<string, string>): string | undefined => {
  const ref = exportedObject(snapshot, { namespace: 'shop', ...labels });
  return ref === undefined ? undefined : refKey(ref);
};

describe('what somebody else reports', () => {
  it('is of a consumer group the workload of its name', () => {
    expect(
      find({
        __name__: 'kafka_consumergroup_lag',
        consumergroup: 'invoice-writer',
        topic: 'orders',
        pod: 'kafka-exporter-1',
      }),
    ).toBe('Deployment/shop/invoice-writer');
    expect(
      find({ __name__: 'kafka_consumergroup_lag', consumergroup: 'console-consumer-4711', topic: 'orders' }),
    ).toBeUndefined();
  });

  it('is what the labels of an exporter name as its target', () => {
    expect(find({ __name__: 'redis_up', job: 'redis-exporter', instance: 'redis://cache:6379' })).toBe(
      'Service/shop/cache',
    );
    expect(find({ __name__: 'pg_up', service: 'postgres-exporter', server: 'orders-db:5432' })).toBe(
      'Service/shop/orders-db',
    );
  });

  it('is else the one thing that the exporter is configured to look at, or that it is called after', () => {
    expect(find({ __name__: 'pg_stat_activity_count', pod: 'postgres-exporter-7d9f-abcde' })).toBe(
      'Service/shop/orders-db',
    );
    expect(find({ alertname: 'ElasticsearchHeapUsageTooHigh', job: 'search-exporter' })).toBe(
      'StatefulSet/shop/search',
    );
  });

  it('is not what an exporter uses itself, nor that of a program that only is called so', () => {
    expect(
      find({ __name__: 'container_memory_working_set_bytes', pod: 'postgres-exporter-7d9f-abcde' }),
    ).toBeUndefined();
    expect(find({ __name__: 'container_cpu_usage_seconds_total', pod: 'export-exporter-1' })).toBeUndefined();
  });

  it('is left to the pod where the exporter stands beside the store', () => {
    expect(find({ __name__: 'pg_up', pod: 'orders-db-0', job: 'postgres-exporter' })).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    ['10.0.0.5:9100', '10.0.0.5'],
    ['[::1]:9100', '::1'],
    ['redis://user:pw@cache:6379/0', 'cache'],
    ['https://web.shop/healthz', 'web.shop'],
    ['node-1', 'node-1'],
    ['::1', '::1'],
  ])('%s has the host %s', (address, host) => {
    expect(hostIn(address)).toBe(host);
  });

  it('names a Service, a workload or a pod', () => {
    const at = (address: string): string | undefined => {
      const ref = objectAt(snapshot, address, 'shop');
      return ref === undefined ? undefined : refKey(ref);
    };
    expect(at('cache.shop.svc:6379')).toBe('Service/shop/cache');
    expect(at('orders-db-0')).toBe('Pod/shop/orders-db-0');
    expect(at('invoice-writer:8080')).toBe('Deployment/shop/invoice-writer');
    expect(at('api.example.com:443')).toBeUndefined();
  });
});
