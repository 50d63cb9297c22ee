import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { containersOf } from '../pod-status.ts';
import { settingSource } from './setting-source.ts';

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
