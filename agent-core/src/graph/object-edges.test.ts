import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { objectEdges } from './object-edges.ts';

function edgesOf(...objects: object[]): string[] {
  const edges = objectEdges(new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z')));
  return edges.map(
    (e) => `${e.from.kind} ${e.from.namespace}/${e.from.name} ${e.verb} ${e.to.kind} ${e.to.namespace}/${e.to.name}`,
  );
}

const owner = (kind: string, name: string, controller = true): object => ({
  apiVersion: 'x/v1',
  kind,
  name,
  uid: `uid-${name}`,
  controller,
});

describe('owners', () => {
  it('own what names them, of whatever kind they are', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cert', namespace: 'shop', ownerReferences: [owner('Certificate', 'cert')] },
    };
    expect(edgesOf(secret)).toEqual(['Certificate shop/cert owns Secret shop/cert']);
  });

  it('are the controller where several are named', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        namespace: 'shop',
        ownerReferences: [owner('Thing', 'other', false), owner('Job', 'run')],
      },
    };
    expect(edgesOf(pod)).toEqual(['Job shop/run owns Pod shop/p']);
  });

  it('are not the node of a static pod, nor told of what only counts', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'etcd', namespace: 'kube-system', ownerReferences: [owner('Node', 'cp')] },
    };
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web-1', namespace: 'shop', ownerReferences: [owner('Service', 'web')] },
    };
    expect(edgesOf(pod, slice)).toEqual([]);
  });
});

describe('storage', () => {
  it('a claim binds its volume and comes from its class', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'shop' },
      spec: { volumeName: 'pv-1', storageClassName: 'fast' },
    };
    expect(edgesOf(claim)).toEqual([
      'PersistentVolumeClaim shop/data binds PersistentVolume /pv-1',
      'PersistentVolumeClaim shop/data is provisioned by StorageClass /fast',
    ]);
  });

  it('a claim without a volume and with the empty class leads nowhere', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'shop' },
      spec: { volumeName: '', storageClassName: '' },
    };
    expect(edgesOf(claim)).toEqual([]);
  });
});

describe('scalers', () => {
  it('scale what they name in their namespace', () => {
    const hpa = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
    };
    expect(edgesOf(hpa)).toEqual(['HorizontalPodAutoscaler shop/web scales Deployment shop/web']);
  });
});
