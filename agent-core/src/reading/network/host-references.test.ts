import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { hostReferences, podHostReferences, serviceOfHost } from './host-references.ts';

const told = (text: string): string[] =>
  hostReferences(text).map(
    (r) => `${r.scheme === undefined ? '' : `${r.scheme} `}${r.host}${r.port === undefined ? '' : `:${r.port}`}`,
  );

describe('hostReferences', () => {
  it.each([
    ['db', ['db']],
    ['db.shop', ['db.shop']],
    ['db:5433', ['db:5433']],
    ['db.shop.svc.cluster.local:5432', ['db.shop.svc.cluster.local:5432']],
    ['postgres://app:s3cr3t@db:5432/shop?sslmode=disable', ['postgres db:5432']],
    ['jdbc:postgresql://db.shop:5432/orders', ['postgresql db.shop:5432']],
    ['jdbc:oracle:thin:@//ora:1521/x', ['ora:1521']],
    [
      'mongodb://u:p@mongo-0.mongo:27017,mongo-1.mongo:27017/x',
      ['mongodb mongo-0.mongo:27017', 'mongodb mongo-1.mongo:27017'],
    ],
    ['kafka-0.kafka:9092,kafka-1.kafka:9092', ['kafka-0.kafka:9092', 'kafka-1.kafka:9092']],
    ['mssql,1433', ['mssql:1433']],
    ['Server=tcp:mssql,1433;Database=Shop', []],
    ['Server=mssql,1433;Database=Shop', ['mssql:1433']],
    ['sizes 100,2000 and a,30', []],
    ['user:pass@tcp(db:3306)/shop', ['db:3306']],
    ['http://api.shop.svc/health', ['http api.shop.svc']],
    ['proxy_pass http://api:8080;', ['http api:8080']],
    [
      'lookup cache.shop.svc.cluster.local. on 10.96.0.10:53: no such host',
      ['cache.shop.svc.cluster.local', '10.96.0.10:53'],
    ],
    ['http://[fd00::1]:80/', []],
  ])('finds hosts in %s', (text, hosts) => expect(told(text)).toEqual(hosts));

  it.each([
    '1.4.2',
    'v1.27.3',
    '1.4.2-rc.1',
    '/etc/app/config.yaml',
    'config.yaml',
    'ann@example.com',
    'ann@db.shop.svc',
    'redis:7',
    'nginx:1.25.3',
    'registry.example.com/shop/web:1234',
    '12:30:45',
    '${PORT:8080}',
    '$DB_HOST:5432',
    ':8080',
    '0.0.0.0',
    'true',
    'main.go:123',
    '2026-01-01T12:30:00Z',
    'sha256:8921',
    '{{ .Values.db }}:5432',
    'a::b',
    '',
  ])('finds none in %s', (text) => expect(told(text)).toEqual([]));

  it('ends with any text, however long', () => {
    for (const unit of ['a.', 'http://', 'a:1,', '@', 'db-', 'x@y:', '://a,']) {
      expect([...hostReferences(unit.repeat(200_000))]).toEqual([]);
    }
  });
});

const at = '2026-01-01T12:00:00Z';
const service = (namespace: string, name: string, clusterIP = 'None'): unknown => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { clusterIP },
});

describe('serviceOfHost', () => {
  const snapshot = new Snapshot(partsFrom([service('shop', 'db', '10.96.0.7'), service('data', 'kafka')], at));
  it.each([
    ['db', 'shop', 'shop/db'],
    ['db', 'other', ''],
    ['db.shop', 'other', 'shop/db'],
    ['db.shop.svc.cluster.local', 'other', 'shop/db'],
    ['kafka-0.kafka', 'data', 'data/kafka'],
    ['kafka-0.kafka.data', 'shop', 'data/kafka'],
    ['kafka-0.kafka.data.svc', 'shop', 'data/kafka'],
    ['10.96.0.7', 'x', 'shop/db'],
    ['example.com', 'shop', ''],
  ])('%s from %s is %s', (host, namespace, expected) => {
    const found = serviceOfHost(snapshot, host, namespace);
    expect(found === undefined ? '' : `${found.namespace}/${found.name}`).toBe(expected);
  });
});

describe('podHostReferences', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      initContainers: [{ name: 'wait', command: ['sh', '-c', 'until nc -z -w 2 queue 5672; do sleep 1; done'] }],
      containers: [
        {
          name: 'app',
          env: [
            { name: 'DB_HOST', value: 'db' },
            { name: 'DB_PORT', value: '5433' },
            { name: 'MODE', value: 'web' },
            { name: 'OTEL_SERVICE_NAME', value: 'web' },
            { name: 'API', value: 'http://$(DB_HOST):80/' },
          ],
          envFrom: [{ configMapRef: { name: 'settings' } }],
          args: ['--cache-host=cache', '--cache-port', '6380'],
          volumeMounts: [{ name: 'files', mountPath: '/etc/app' }],
        },
      ],
      volumes: [{ name: 'files', configMap: { name: 'files' } }],
    },
  };
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'settings' },
    data: { BROKER_URL: 'amqp://mq' },
  };
  const files = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'files' },
    data: { 'app.yaml': 'name: shop\nmail:\n  host: smtp\n  port: 2525\n# host: old\n' },
  };
  it('reads environment, command line and configuration', () => {
    const snapshot = new Snapshot(partsFrom([pod, settings, files], at));
    const [read] = snapshot.list('Pod');
    if (read === undefined) throw new Error('no pod');
    expect(
      podHostReferences(snapshot, read)
        .map((r) => `${r.container} ${r.host}:${r.port ?? ''} ${r.configMap}${r.path}`)
        .toSorted(),
    ).toEqual([
      'app cache:6380 spec.containers[0].args',
      'app db:5433 spec.containers[0].env[0]',
      'app db:80 spec.containers[0].env[4]',
      'app mq: settingsdata[BROKER_URL]',
      'app smtp:2525 filesdata[app.yaml]',
      'wait queue:5672 spec.initContainers[0].command',
    ]);
  });

  it('reads what a ConfigMap says now, for a pod that is the same as before', () => {
    const before = partsFrom([pod, settings, files], at);
    const after = partsFrom([{ ...settings, data: { BROKER_URL: 'amqp://other' } }], at);
    const [read] = before.objects?.Pod ?? [];
    if (read === undefined) throw new Error('no pod');
    const brokers = [before, { ...after, objects: { ...after.objects, Pod: [read] } }, before].map((parts) =>
      podHostReferences(new Snapshot(parts), read)
        .filter((r) => r.configMap === 'settings')
        .map((r) => r.host),
    );
    expect(brokers).toEqual([['mq'], ['other'], ['mq']]);
  });

  it('tells pods of one container apart by where it stands', () => {
    const container = { name: 'app', env: [{ name: 'DB_HOST', value: 'db' }] };
    const snapshot = new Snapshot(
      partsFrom(
        [
          { ...pod, metadata: { namespace: 'shop', name: 'a' }, spec: { containers: [container] } },
          {
            ...pod,
            metadata: { namespace: 'shop', name: 'b' },
            spec: { initContainers: [container], containers: [{ ...container, name: 'other' }] },
          },
        ],
        at,
      ),
    );
    expect(
      snapshot.list('Pod').map((one) => podHostReferences(snapshot, one).map((r) => `${r.container} ${r.path}`)),
    ).toEqual([
      ['app spec.containers[0].env[0]'],
      ['app spec.initContainers[0].env[0]', 'other spec.containers[0].env[0]'],
    ]);
  });
});
