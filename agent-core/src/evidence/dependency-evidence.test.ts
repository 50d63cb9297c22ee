import { describe, expect, it } from 'vitest';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { calledInVain, unspokenCauses } from './dependency-evidence.ts';

const pod = (name: string, app: string, ready: boolean, env: object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: name, labels: { app } },
  spec: { containers: [{ name: 'app', image: 'x', env }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const service = (name: string, selector?: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector, ports: [{ port: 80 }] },
});
const url = (name: string, value: string) => ({ name, value });

function inVain(...objects: object[]): string[] {
  const snapshot = new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z'));
  const caller = snapshot.get('Pod', 'shop', 'web') as Pod;
  return calledInVain(snapshot, caller, 'app').map(({ object }) => object.name);
}

const caller = pod('web', 'web', false, [
  url('DB_URL', 'http://db'),
  url('CACHE_URL', 'http://cache.shop.svc'),
  url('OWN_URL', 'http://web'),
  url('OUT_URL', 'http://outside'),
]);

describe('Services that a container calls in vain', () => {
  it('are those behind which no pod is ready', () => {
    expect(
      inVain(
        caller,
        service('db', { app: 'db' }),
        service('cache', { app: 'cache' }),
        pod('db-0', 'db', false),
        pod('cache-0', 'cache', true),
      ),
    ).toEqual(['db']);
  });

  it('are not those that one of two pods serves, nor its own', () => {
    expect(
      inVain(
        caller,
        service('db', { app: 'db' }),
        service('web', { app: 'web' }),
        pod('db-0', 'db', false),
        pod('db-1', 'db', true),
      ),
    ).toEqual([]);
  });

  it('are not those without a selector: what stands behind is not known', () => {
    expect(inVain(caller, service('outside'))).toEqual([]);
  });
});

describe('what may explain a container without a word of its own', () => {
  it('are the Services that it calls in vain, the volumes behind those that it calls, and policies', () => {
    const database = {
      ...pod('db-0', 'db', true),
      spec: {
        containers: [{ name: 'app', image: 'x' }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }],
      },
    };
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'shop' },
      spec: { podSelector: {} },
    };
    const snapshot = new Snapshot(
      partsFrom(
        [
          caller,
          service('db', { app: 'db' }),
          service('cache', { app: 'cache' }),
          database,
          pod('cache-0', 'cache', false),
          policy,
        ],
        '2026-01-01T12:00:00Z',
      ),
    );
    const causes = unspokenCauses(snapshot, snapshot.get('Pod', 'shop', 'web') as Pod, 'app');
    expect(causes.map(({ object }) => `${object.kind}/${object.name}`)).toEqual([
      'Service/cache',
      'PersistentVolumeClaim/data-db-0',
      'NetworkPolicy/deny',
    ]);
  });

  it('is the cluster DNS, once none of its pods is ready', () => {
    const dns = (name: string, ready: boolean) => ({
      ...pod(name, 'dns', ready),
      metadata: { name, namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    });
    const kubeDns = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: { selector: { 'k8s-app': 'kube-dns' } },
    };
    const named = (...pods: object[]): string[] => {
      const snapshot = new Snapshot(partsFrom([pod('web', 'web', false), kubeDns, ...pods], '2026-01-01T12:00:00Z'));
      return unspokenCauses(snapshot, snapshot.get('Pod', 'shop', 'web') as Pod, 'app').map(
        ({ object }) => object.name,
      );
    };
    expect(named(dns('dns-0', false), dns('dns-1', false))).toEqual(['kube-dns']);
    expect(named(dns('dns-0', false), dns('dns-1', true))).toEqual([]);
  });
});
