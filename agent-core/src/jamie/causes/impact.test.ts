import { describe, expect, it } from 'vitest';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { impactOf } from './impact.ts';
import type { Impact } from './impact.ts';
import { podOf, snapshotOf, statefulSetOf } from '../testing/cluster-builder.ts';

type Raw = { kind: KindName; [field: string]: unknown };

const web = { app: 'web' };
const service = (name: string, selector: object, type = 'ClusterIP'): Raw => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector, type },
});
const ingress = (...hosts: string[]): Raw => ({
  kind: 'Ingress',
  metadata: { name: 'front', namespace: 'shop' },
  spec: {
    rules: hosts.map((host) => ({
      host,
      http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] },
    })),
  },
});
const sick = podOf({ name: 'web-0', owner: 'web', labels: web });
const well = podOf({ name: 'web-1', owner: 'web', labels: web, ready: true });

function impactOn(name: string, ...objects: Raw[]): Impact {
  return impactOf(snapshotOf(...objects), [refByName('Pod', 'shop', name)]);
}

describe('who notices', () => {
  it('nobody known, when no Service stands before the pod', () => {
    expect(impactOn('web-0', sick, service('other', { app: 'other' }))).toEqual({ sentence: '', weight: 0 });
  });

  it('nobody, when the Service is whole all the same', () => {
    expect(impactOn('web-1', well, service('web', web))).toEqual({ sentence: '', weight: 0 });
  });

  it('callers of a Service that some of its pods still serve', () => {
    expect(impactOn('web-0', sick, well, service('web', web))).toEqual({
      sentence: 'Service shop/web is served by 1 of 2 pods.',
      weight: 1,
    });
  });

  it('callers of a StatefulSet that lacks one, whatever its status counts', () => {
    const counted = { ...statefulSetOf('web'), spec: { replicas: 1 }, status: { readyReplicas: 1 } };
    expect(impactOn('web-0', counted, sick, well, service('web', web)).weight).toBe(1);
  });

  it('callers of a Service without a ready endpoint', () => {
    expect(impactOn('web-0', sick, service('web', web))).toEqual({
      sentence: 'Service shop/web has no ready endpoint.',
      weight: 2,
    });
  });

  it('people outside, when an Ingress leads to it', () => {
    expect(impactOn('web-0', sick, service('web', web), ingress('shop.example'))).toEqual({
      sentence: 'Service shop/web has no ready endpoint, which Ingress serves as shop.example.',
      weight: 3,
    });
  });

  it('people outside, when it is open itself', () => {
    expect(impactOn('web-0', sick, service('web', web, 'LoadBalancer')).weight).toBe(3);
    expect(impactOn('web-0', sick, service('web', web, 'NodePort')).weight).toBe(3);
  });

  it('names three hosts and counts the rest', () => {
    expect(impactOn('web-0', sick, service('web', web), ingress('a', 'b', 'c', 'd', 'a')).sentence).toContain(
      'as a, b, c and 1 more.',
    );
  });

  it('does not count pods that are finished', () => {
    const done = { ...podOf({ name: 'web-done', labels: web }), status: { phase: 'Succeeded' } };
    expect(impactOn('web-0', sick, well, done, service('web', web)).sentence).toContain('1 of 2 pods');
  });
});

describe('several at once', () => {
  it('tells the worst Service and counts the others', () => {
    const found = impactOn('web-0', sick, well, service('all', web), service('first', { ...web, pod: '0' }), {
      ...sick,
      metadata: { name: 'web-0', namespace: 'shop', labels: { ...web, pod: '0' } },
    });
    expect(found).toEqual({
      sentence: 'Service shop/first has no ready endpoint. 1 more Service is affected.',
      weight: 2,
    });
  });

  it('counts pods and their workloads where no Service tells more', () => {
    const snapshot = snapshotOf(
      statefulSetOf('web'),
      statefulSetOf('db'),
      sick,
      well,
      podOf({ name: 'db-0', owner: 'db' }),
    );
    const pods = (...names: string[]) => names.map((name) => refByName('Pod', 'shop', name));
    expect(impactOf(snapshot, pods('web-0', 'web-1', 'web-0')).sentence).toBe('2 pods of one workload are affected.');
    expect(impactOf(snapshot, pods('web-0', 'web-1', 'db-0')).sentence).toBe('3 pods of 2 workloads are affected.');
  });

  it('says nothing of pods and Services that are not there', () => {
    const gone = [
      refByName('Pod', 'shop', 'gone'),
      refByName('Service', 'shop', 'gone'),
      refByName('Node', '', 'gone'),
    ];
    expect(impactOf(snapshotOf(), gone)).toEqual({ sentence: '', weight: 0 });
  });

  it('takes a Service that is itself affected, unless it selects nothing', () => {
    const affected = [refByName('Service', 'shop', 'web')];
    expect(impactOf(snapshotOf(service('web', web)), affected).weight).toBe(2);
    expect(impactOf(snapshotOf(service('web', {})), affected).weight).toBe(0);
  });
});
