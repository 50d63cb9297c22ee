import { describe, expect, it } from 'vitest';
import { refKey, refByName } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { standsOn } from './stands-on.ts';

const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});
const pod = (name: string, calls: string, claim = '') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: {
    containers: [{ name, image: 'a:1', env: calls === '' ? [] : [{ name: 'NEXT_URL', value: `http://${calls}:80` }] }],
    volumes: claim === '' ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
  },
});
const chain = (...names: readonly string[]) =>
  names.flatMap((name, at) => [service(name), pod(name, names[at + 1] ?? '', at === names.length - 1 ? 'data-0' : '')]);
const of = (objects: readonly unknown[], name: string): readonly string[] =>
  standsOn(new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z')), refByName('Service', 'shop', name)).map(refKey);

describe('what an alert may come from', () => {
  it('is what its object calls, what that calls, and the volume at the end', () => {
    expect(of(chain('web', 'orders', 'db'), 'web')).toEqual([
      'Service/shop/orders',
      'Service/shop/db',
      'PersistentVolumeClaim/shop/data-0',
    ]);
  });

  it('ends after three calls, and where calls go round in a circle', () => {
    expect(of(chain('a', 'b', 'c', 'd', 'e', 'f'), 'a')).toEqual([
      'Service/shop/b',
      'Service/shop/c',
      'Service/shop/d',
    ]);
    expect(of([service('a'), service('b'), pod('a', 'b'), pod('b', 'a')], 'a')).toEqual(['Service/shop/b']);
  });
});
