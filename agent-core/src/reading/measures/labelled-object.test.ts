import { describe, expect, it } from 'vitest';
import { refKey } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { labelledObject } from './labelled-object.ts';

const snapshot = new Snapshot(
  partsFrom(
    [
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'worker-1' },
        status: { addresses: [{ type: 'InternalIP', address: '10.0.0.5' }] },
      },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' }, status: { podIP: '10.1.0.7' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'api', namespace: 'shop' },
        spec: { clusterIP: '10.96.0.4' },
      },
    ],
    '2026-01-01T12:00:00Z',
  ),
);
const find = (labels: Record<string, string>): string | undefined => {
  const ref = labelledObject(snapshot, labels);
  return ref === undefined ? undefined : refKey(ref);
};

describe('the object that labels point at', () => {
  it('is the most precise one', () => {
    expect(find({ namespace: 'shop', pod: 'web-1', node: 'worker-1' })).toBe('Pod/shop/web-1');
    expect(find({ namespace: 'shop', deployment: 'web' })).toBe('Deployment/shop/web');
    expect(find({ namespace: 'shop', job: 'web' })).toBe('Deployment/shop/web');
  });

  it('is known by the names of OpenTelemetry and of Datadog, too', () => {
    expect(find({ 'k8s.namespace.name': 'shop', 'k8s.pod.name': 'web-1' })).toBe('Pod/shop/web-1');
    expect(find({ k8s_namespace_name: 'shop', k8s_deployment_name: 'web' })).toBe('Deployment/shop/web');
    expect(find({ kube_namespace: 'shop', kube_deployment: 'web' })).toBe('Deployment/shop/web');
  });

  it('is not what reports it', () => {
    expect(
      find({
        namespace: 'shop',
        deployment: 'web',
        pod: 'kube-state-metrics-1',
        job: 'kube-state-metrics',
        instance: '10.1.0.7:8080',
      }),
    ).toBe('Deployment/shop/web');
    expect(
      find({ namespace: 'monitoring', pod: 'exporter-1', exported_namespace: 'shop', exported_pod: 'web-1' }),
    ).toBe('Pod/shop/web-1');
  });

  it('is the Service behind an ingress, not the ingress that counts its answers', () => {
    expect(
      find({
        namespace: 'edge',
        pod: 'door-1',
        ingress: 'public',
        exported_namespace: 'shop',
        exported_service: 'web',
      }),
    ).toBe('Deployment/shop/web');
  });

  it('is known by the address of a Service, too', () => {
    expect(find({ instance: '10.96.0.4:80' })).toBe('Service/shop/api');
  });

  it('is known by a name that only one has, where no namespace is told', () => {
    expect(find({ service: 'web' })).toBe('Deployment/shop/web');
    expect(find({ pod: 'web-1' })).toBe('Pod/shop/web-1');
    expect(find({ service: 'elsewhere' })).toBeUndefined();
    expect(find({ cmdb_id: 'web-1' })).toBe('Pod/shop/web-1');
  });

  it('is of a call the called one, whichever side reports it', () => {
    expect(
      find({
        namespace: 'shop',
        pod: 'caller-1',
        reporter: 'source',
        source_workload: 'caller',
        destination_workload: 'web',
        destination_workload_namespace: 'shop',
      }),
    ).toBe('Deployment/shop/web');
    expect(find({ client: 'caller', server: 'web' })).toBe('Deployment/shop/web');
    expect(find({ namespace: 'shop', pod: 'web-1', destination_workload: 'unknown' })).toBe('Pod/shop/web-1');
  });

  it('is found by its address', () => {
    expect(find({ instance: '10.0.0.5:9100' })).toBe('Node//worker-1');
    expect(find({ instance: '10.1.0.7:8080' })).toBe('Pod/shop/web-1');
    expect(find({ namespace: 'shop', instance: 'web:8080' })).toBe('Deployment/shop/web');
  });

  it('is the workload of a pod that is gone, a namespace, or nothing', () => {
    expect(find({ namespace: 'shop', pod: 'web-9zz' })).toBe('Deployment/shop/web');
    expect(find({ namespace: 'shop' })).toBe('Namespace//shop');
    expect(find({ severity: 'critical' })).toBeUndefined();
  });
});
