import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { containersOf } from '../pod-status.ts';
import { settingSource, variableWith } from './setting-source.ts';

const maps = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'db', namespace: 'shop' },
    data: { 'my.cnf': '[mysqld]\nmax_connections=300\ndefault-authentication-plugin=x\n', workers: '' },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'of-others', namespace: 'shop' },
    data: { 'a.conf': 'proxy_set_haeder on;' },
  },
];

function sourceOf(complaint: string, container: Record<string, unknown> = {}): string | undefined {
  const pod = kinds.Pod.shape.read({
    metadata: { name: 'db-0', namespace: 'shop' },
    spec: {
      containers: [{ name: 'db', image: 'db:1', volumeMounts: [{ name: 'conf', mountPath: '/etc/db' }], ...container }],
      volumes: [{ name: 'conf', configMap: { name: 'db' } }],
    },
  });
  const [view] = containersOf(pod);
  const snapshot = new Snapshot({
    capturedAt: '2026-01-01T12:00:00Z',
    objects: { ConfigMap: maps.map((map) => kinds.ConfigMap.shape.read(map)) },
  });
  return view === undefined ? undefined : settingSource(snapshot, pod, view, complaint)?.where;
}

describe('where a program is told the setting of which it complains', () => {
  it('is the line of a mounted ConfigMap that holds what the complaint quotes', () => {
    expect(sourceOf("unknown variable 'default-authentication-plugin=x'")).toBe(
      'line 3 of key "my.cnf" of ConfigMap "db"',
    );
  });

  it('is the line that holds a setting which the complaint names without quotes', () => {
    expect(sourceOf('Different lower_case_table_names settings for server')).toBeUndefined();
    expect(sourceOf('the value of max_connections_per_hour differs', { args: ['--max_connections_per_hour=3'] })).toBe(
      'args of the container',
    );
  });

  it('is the variable whose address has a scheme that a library does not know', () => {
    const env = [
      { name: 'DB_HOST', value: 'postgres' },
      { name: 'DB_URL', value: 'postgres://db:5432/shop' },
    ];
    expect(sourceOf("Can't load plugin: sqlalchemy.dialects:postgres", { env })).toBe('variable DB_URL');
  });

  it('is an argument that holds it', () => {
    expect(sourceOf("unknown option '--proxy'", { args: ['start', '--proxy=edge'] })).toBe('args of the container');
  });

  it('is the key of a ConfigMap from which the named variable comes', () => {
    const env = [{ name: 'APP_WORKERS', valueFrom: { configMapKeyRef: { name: 'db', key: 'workers' } } }];
    expect(sourceOf("assigning APP_WORKERS to Workers: converting '' to type int", { env })).toBe(
      'variable APP_WORKERS, set by key "workers" of ConfigMap "db"',
    );
  });

  it('is not a ConfigMap that the container does not use', () => {
    expect(sourceOf('unknown directive "proxy_set_haeder"')).toBeUndefined();
  });

  it('is not found by a word that is too short or a path', () => {
    expect(sourceOf('unexpected "max" in "/etc/db/my.cnf"')).toBeUndefined();
  });
});

function variableOf(complaint: string, env: object[], about = /name|ur[il]/i): string | undefined {
  const pod = kinds.Pod.shape.read({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image: 'web:1', env }] },
  });
  const [view] = containersOf(pod);
  const snapshot = new Snapshot({ capturedAt: '2026-01-01T12:00:00Z', objects: {} });
  return view === undefined ? undefined : variableWith(snapshot, { pod, view }, complaint, about)?.text;
}

describe('the variable that holds a name which a server refuses', () => {
  const complaint = 'FATAL: database "orders" does not exist';

  it('is the one whose value it is, of several the one that is called after it', () => {
    const env = [
      { name: 'DB_NAME', value: 'orders' },
      { name: 'APP', value: 'orders' },
    ];
    expect(variableOf(complaint, env)).toBe('DB_NAME=orders');
  });

  it('is one in whose address it stands', () => {
    expect(variableOf(complaint, [{ name: 'DB_URL', value: 'postgres://db:5432/orders?sslmode=require' }])).toBe(
      'DB_URL=postgres://db:5432/orders?sslmode=require',
    );
  });

  it('is none that only has a longer word with it', () => {
    const env = [
      { name: 'DB_URL', value: 'postgres://orders-db:5432/reorders' },
      { name: 'NAME', value: 'my-orders' },
    ];
    expect(variableOf(complaint, env)).toBeUndefined();
  });

  it('is none where several hold it and none is called after it', () => {
    const env = [
      { name: 'APP', value: 'orders' },
      { name: 'TEAM', value: 'orders' },
    ];
    expect(variableOf(complaint, env)).toBeUndefined();
  });

  it('is one of which the value comes from a list in brackets', () => {
    expect(
      variableOf('Topics [orders.v2] not present in metadata', [{ name: 'TOPIC', value: 'orders.v2' }], /topic/i),
    ).toBe('TOPIC=orders.v2');
  });
});
