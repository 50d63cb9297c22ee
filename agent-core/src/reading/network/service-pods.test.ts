import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { podsBehind, podsWithLabels, servicesBefore } from './service-pods.ts';

const pod = (name: string, labels: object, namespace = 'shop'): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
});
const service = (name: string, selector: object, namespace = 'shop'): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector },
});
const cluster = new Snapshot(
  partsFrom(
    [
      pod('a', { app: 'web', tier: 'front' }),
      pod('b', { app: 'web' }),
      pod('c', { app: 'web', tier: 'front' }, 'other'),
      service('all', { app: 'web' }),
      service('front', { app: 'web', tier: 'front' }),
      service('none', {}),
      service('elsewhere', { app: 'web' }, 'third'),
    ],
    '2026-01-01T12:00:00Z',
  ),
);

describe('pods with labels', () => {
  const names = (labels: Record<string, string>): string[] =>
    podsWithLabels(cluster, 'shop', labels).map((p) => p.metadata.name);

  it('have every one of them, in the namespace', () => {
    expect(names({ app: 'web' })).toEqual(['a', 'b']);
    expect(names({ app: 'web', tier: 'front' })).toEqual(['a']);
    expect(names({ app: 'web', tier: 'back' })).toEqual([]);
  });

  it('are none for no labels', () => {
    expect(names({})).toEqual([]);
  });

  it('do not mix a label with another that reads the same when joined', () => {
    expect(names({ 'app\nweb': '' })).toEqual([]);
  });
});

describe('a Service and its pods', () => {
  it('are found from the Service', () => {
    expect(
      cluster.list('Service').map(
        (s) =>
          `${s.metadata.name}: ${podsBehind(cluster, s)
            .map((p) => p.metadata.name)
            .join(' ')}`,
      ),
    ).toEqual(['all: a b', 'front: a', 'none: ', 'elsewhere: ']);
  });

  it('are found from the pod', () => {
    expect(
      cluster.list('Pod').map(
        (p) =>
          `${p.metadata.name}: ${servicesBefore(cluster, p)
            .map((s) => s.metadata.name)
            .join(' ')}`,
      ),
    ).toEqual(['a: all front', 'b: all', 'c: ']);
  });
});
