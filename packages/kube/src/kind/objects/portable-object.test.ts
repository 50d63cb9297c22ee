import { expect, it } from 'vitest';
import { portable } from './portable-object.ts';
import { readRaw } from './raw-object.ts';
import type { Raw } from './raw-object.ts';

function moved(value: Raw): Raw {
  const object = readRaw(value);
  if (object === undefined) throw new Error('no object');
  return portable(object);
}

it('forgets the cluster: identity, owners, bookkeeping and status', () => {
  const metadata = {
    name: 'web',
    namespace: 'shop',
    labels: { app: 'web' },
    uid: 'u',
    resourceVersion: '7',
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{}],
    ownerReferences: [{ name: 'x' }],
    annotations: { 'deployment.kubernetes.io/revision': '2', 'example.com/kept': 'yes' },
    finalizers: ['kubernetes.io/pvc-protection', 'example.com/kept'],
  };
  expect(
    moved({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2 }, status: { replicas: 2 } }),
  ).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { replicas: 2 },
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels: { app: 'web' },
      annotations: { 'example.com/kept': 'yes' },
      finalizers: ['example.com/kept'],
    },
  });
});

it('gives a Service a new address, and a headless one none', () => {
  const service = (spec: Raw): unknown =>
    moved({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec })['spec'];
  expect(
    service({ clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'], ports: [{ port: 80, nodePort: 30080 }] }),
  ).toEqual({ ports: [{ port: 80, nodePort: 30080 }] });
  expect(service({ clusterIP: 'None', clusterIPs: ['None'] })).toEqual({ clusterIP: 'None', clusterIPs: ['None'] });
});

it('lets a pod be scheduled anew, without the token that admission mounts again', () => {
  const mount = { name: 'kube-api-access-x7', mountPath: '/var/run/secrets' };
  const data = { name: 'data', mountPath: '/data' };
  const spec = {
    nodeName: 'dev-worker',
    serviceAccountName: 'a',
    serviceAccount: 'a',
    containers: [{ name: 'c', volumeMounts: [data, mount] }],
    volumes: [
      { name: 'data', emptyDir: {} },
      { name: 'kube-api-access-x7', projected: {} },
    ],
  };
  expect(moved({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec })['spec']).toEqual({
    serviceAccountName: 'a',
    containers: [{ name: 'c', volumeMounts: [data] }],
    volumes: [{ name: 'data', emptyDir: {} }],
  });
});

it('lets a claim find a volume anew, and a Job its pods', () => {
  expect(
    moved({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'c' },
      spec: { volumeName: 'pvc-1', resources: {} },
    })['spec'],
  ).toEqual({ resources: {} });
  const spec = {
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } },
    template: {
      metadata: { labels: { app: 'x', 'controller-uid': 'u', 'batch.kubernetes.io/controller-uid': 'u' } },
      spec: {},
    },
  };
  expect(moved({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec })['spec']).toEqual({
    template: { metadata: { labels: { app: 'x' } }, spec: {} },
  });
  expect(
    moved({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { ...spec, manualSelector: true } })[
      'spec'
    ],
  ).toEqual({ ...spec, manualSelector: true });
});

it('keeps everything of kinds that it does not know', () => {
  const spec = { clusterIP: '1.2.3.4', nodeName: 'n' };
  expect(moved({ apiVersion: 'example.com/v1', kind: 'Service', metadata: { name: 's' }, spec })['spec']).toEqual(spec);
});
