import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { isDataStore } from './data-store.ts';

const pod = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: { containers: [{ name: 'a', image }] },
});
const snapshot = new Snapshot(
  partsFrom(
    [pod('keeper', 'registry.example/library/postgres:17'), pod('web', 'registry.example/postgres-team/web:1')],
    '2026-01-01T12:00:00Z',
  ),
);
const of = (kind: string, name: string): boolean =>
  isDataStore(snapshot, { apiVersion: '', kind, namespace: 'shop', name, uid: '' });

describe('a data store', () => {
  it.each(['orders-db', 'user-timeline-mongodb', 'redis-cache', 'pg-main', 'mysql', 'kafka', 'carts-db-0'])(
    'is known by its name: %s',
    (name) => {
      expect(of('StatefulSet', name)).toBe(true);
    },
  );

  it.each(['web', 'dbt-runner', 'mongoose-ui', 'adbserver'])('is not anything that sounds like one: %s', (name) => {
    expect(of('Deployment', name)).toBe(false);
  });

  it('is known by the image of its pods, and not by where that lies', () => {
    expect(of('Pod', 'keeper')).toBe(true);
    expect(of('Pod', 'web')).toBe(false);
  });
});
