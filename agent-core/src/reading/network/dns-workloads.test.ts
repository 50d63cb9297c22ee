import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { dnsWorkloads } from './dns-workloads.ts';

const pod = (namespace: string, labels: Record<string, string>, name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [] },
});

describe('the name service of a cluster', () => {
  it('is known by the labels of its pods in the namespace of its maker', () => {
    const objects = [
      pod('kube-system', { 'k8s-app': 'kube-dns' }, 'coredns-1'),
      pod('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }, 'dns-default-1'),
      pod('shop', { 'k8s-app': 'kube-dns' }, 'impostor'),
      pod('kube-system', { 'k8s-app': 'metrics-server' }, 'metrics-1'),
    ];
    expect(dnsWorkloads(new Snapshot(partsFrom(objects, '2026-01-01T12:00:00Z'))).map(({ name }) => name)).toEqual([
      'coredns-1',
      'dns-default-1',
    ]);
  });
});
