import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { podEdges } from './pod-edges.ts';

/** The edges of the only pod among these objects, as sentences without the pod's name. */
function edgesOf(spec: object, ...others: object[]): string[] {
  const raw = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec };
  const snapshot = new Snapshot(partsFrom([raw, ...others], '2026-01-01T12:00:00Z'));
  return snapshot
    .list('Pod')
    .flatMap((pod) => podEdges(snapshot, pod))
    .map((e) => `${e.verb} ${e.to.kind} ${e.to.namespace}/${e.to.name} (${e.detail})`);
}

const service = (name: string, namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP: '10.0.0.9' },
});

describe('what a pod leans on', () => {
  it('is nothing when it names nothing', () => {
    expect(edgesOf({ containers: [{ name: 'app' }] })).toEqual([]);
  });

  it('is the node that it runs on', () => {
    expect(edgesOf({ nodeName: 'worker' })).toEqual(['runs on Node /worker ()']);
  });

  it('is every object that it mounts, those of projected volumes too', () => {
    const volumes = [
      { name: 'a', configMap: { name: 'settings' } },
      { name: 'b', secret: { secretName: 'password' } },
      { name: 'c', persistentVolumeClaim: { claimName: 'data' } },
      {
        name: 'd',
        projected: {
          sources: [
            { configMap: { name: 'roots' } },
            { secret: { name: 'token' } },
            { serviceAccountToken: { path: 't' } },
          ],
        },
      },
      { name: 'e', emptyDir: {} },
    ];
    expect(edgesOf({ volumes })).toEqual([
      'mounts ConfigMap shop/settings (volume a)',
      'mounts Secret shop/password (volume b)',
      'mounts PersistentVolumeClaim shop/data (volume c)',
      'mounts ConfigMap shop/roots (volume d)',
      'mounts Secret shop/token (volume d)',
    ]);
  });

  it('is what the variables of its containers read, those of init containers first', () => {
    const initContainers = [{ name: 'init', envFrom: [{ secretRef: { name: 'all' } }] }];
    const containers = [
      { name: 'app', env: [{ name: 'PORT', valueFrom: { configMapKeyRef: { name: 'settings', key: 'port' } } }] },
    ];
    expect(edgesOf({ initContainers, containers })).toEqual([
      'reads Secret shop/all (envFrom)',
      'reads ConfigMap shop/settings (variable PORT)',
    ]);
  });

  it('is its account, unless it is the one that everybody has', () => {
    expect(edgesOf({ serviceAccountName: 'reader' })).toEqual(['uses account ServiceAccount shop/reader ()']);
    expect(edgesOf({ serviceAccountName: 'default' })).toEqual([]);
  });

  it('is the Secret with which its image is pulled', () => {
    expect(edgesOf({ imagePullSecrets: [{ name: 'registry' }] })).toEqual([
      'pulls with Secret shop/registry (imagePullSecrets)',
    ]);
  });

  it('is the Service that its configuration calls, in its own namespace or another, with the port', () => {
    const containers = [
      {
        name: 'app',
        env: [
          { name: 'DB_URL', value: 'postgres://db.data.svc:5432/x' },
          { name: 'CACHE_HOST', value: 'cache' },
        ],
      },
    ];
    expect(edgesOf({ containers }, service('db', 'data'), service('cache', 'shop'))).toEqual([
      'calls Service data/db (db.data.svc:5432)',
      'calls Service shop/cache (cache)',
    ]);
  });

  it('is not a host outside, nor a Service of that name elsewhere', () => {
    const containers = [
      {
        name: 'app',
        env: [
          { name: 'API_URL', value: 'https://api.example.com' },
          { name: 'DB_HOST', value: 'db' },
        ],
      },
    ];
    expect(edgesOf({ containers }, service('db', 'data'), service('api', 'shop'))).toEqual([]);
  });
});
