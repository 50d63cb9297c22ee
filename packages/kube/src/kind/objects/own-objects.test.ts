import { expect, it } from 'vitest';
import { holdsOwnObjects, isOwnObject } from './own-objects.ts';
import { readRaw } from './raw-object.ts';
import type { Raw } from './raw-object.ts';

function own(
  kind: string,
  name: string,
  rest: Raw & { readonly metadata?: Raw; readonly namespace?: string } = {},
): boolean {
  const { metadata, namespace, ...others } = rest;
  const object = readRaw({
    apiVersion: 'v1',
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...metadata },
    ...others,
  });
  return object !== undefined && isOwnObject(object);
}

it('keeps what people put there', () => {
  expect(own('Deployment', 'web', { namespace: 'shop' })).toBe(true);
  expect(own('Namespace', 'shop')).toBe(true);
  expect(own('ClusterRole', 'reader')).toBe(true);
  expect(own('Service', 'kubernetes', { namespace: 'shop' })).toBe(true);
  expect(own('Secret', 'key', { namespace: 'shop', type: 'Opaque' })).toBe(true);
});

it('leaves out what Kubernetes and kind bring', () => {
  expect(own('Deployment', 'coredns', { namespace: 'kube-system' })).toBe(false);
  expect(own('Namespace', 'kube-system')).toBe(false);
  expect(own('Namespace', 'default')).toBe(false);
  expect(own('Service', 'kubernetes', { namespace: 'default' })).toBe(false);
  expect(own('StorageClass', 'standard')).toBe(false);
  expect(own('ClusterRole', 'view', { metadata: { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } } })).toBe(
    false,
  );
  expect(own('ClusterRoleBinding', 'kubeadm:get-nodes')).toBe(false);
  for (const [kind, name] of [
    ['ServiceAccount', 'default'],
    ['ConfigMap', 'kube-root-ca.crt'],
  ] as const) {
    expect(own(kind, name, { namespace: 'shop' })).toBe(false);
  }
});

it('leaves out what comes back by itself, or would run again', () => {
  expect(
    own('ReplicaSet', 'web-1', {
      namespace: 'shop',
      metadata: { ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }] },
    }),
  ).toBe(false);
  expect(
    own('PersistentVolume', 'pvc-1', {
      metadata: { annotations: { 'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path' } },
    }),
  ).toBe(false);
  expect(own('Secret', 'token', { namespace: 'shop', type: 'kubernetes.io/service-account-token' })).toBe(false);
  expect(
    own('Job', 'once', { namespace: 'shop', status: { conditions: [{ type: 'Complete', status: 'True' }] } }),
  ).toBe(false);
  expect(own('Job', 'still', { namespace: 'shop', status: { active: 1 } })).toBe(true);
  expect(own('ConfigMap', 'x', { namespace: 'shop', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })).toBe(
    false,
  );
});

it('asks for no kinds that controllers fill', () => {
  for (const [group, plural] of [
    ['', 'events'],
    ['', 'nodes'],
    ['discovery.k8s.io', 'endpointslices'],
    ['metrics.k8s.io', 'pods'],
  ] as const) {
    expect(holdsOwnObjects({ group, plural })).toBe(false);
  }
  for (const [group, plural] of [
    ['', 'pods'],
    ['apps', 'deployments'],
    ['example.com', 'events'],
  ] as const) {
    expect(holdsOwnObjects({ group, plural })).toBe(true);
  }
});
