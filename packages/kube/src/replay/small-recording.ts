import type { Recording } from './recording.ts';

function pod(
  namespace: string,
  name: string,
  rest: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: rest['labels'] ?? {},
      creationTimestamp: '2026-01-01T00:00:00Z',
      resourceVersion: rest['version'] ?? '10',
    },
    spec: rest['spec'] ?? {},
    status: rest['status'] ?? {},
  };
}

const one = { containers: [{ name: 'app' }] };
const two = {
  containers: [{ name: 'app' }, { name: 'sidecar' }],
  initContainers: [{ name: 'prepare' }],
  nodeName: 'n1',
};

/** A few objects of every sort, for tests of the replay server. */
export const smallRecording: Recording = {
  serverVersion: 'v1.36.3',
  objects: [
    pod('shop', 'web-1', {
      labels: { app: 'web', tier: 'front' },
      spec: { ...one, nodeName: 'n1' },
      status: { phase: 'Running' },
      version: '40',
    }),
    pod('shop', 'web-2', {
      labels: { app: 'web' },
      spec: two,
      status: {
        phase: 'Pending',
        containerStatuses: [{ name: 'sidecar', state: { waiting: { reason: 'ContainerCreating' } } }],
      },
    }),
    pod('data', 'db-0', { labels: { app: 'db' }, spec: one, status: { phase: 'Running' } }),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, status: { phase: 'Active' } },
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e1', namespace: 'shop' },
      involvedObject: { kind: 'Pod', name: 'web-1', namespace: 'shop' },
      reason: 'BackOff',
      type: 'Warning',
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: {} },
    { apiVersion: 'example.com/v1', kind: 'Proxy', metadata: { name: 'p', namespace: 'shop' }, spec: { size: 1 } },
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'oxen.farm.example' },
      spec: {
        group: 'farm.example',
        scope: 'Cluster',
        names: { kind: 'Ox', plural: 'oxen', shortNames: ['ox'] },
        versions: [
          { name: 'v1beta1', served: true },
          { name: 'v1', served: true },
          { name: 'v0', served: false },
        ],
      },
    },
    { apiVersion: 'farm.example/v1', kind: 'Ox', metadata: { name: 'bertha' } },
  ],
  logs: [
    {
      namespace: 'shop',
      pod: 'web-1',
      container: 'app',
      previous: false,
      text: '2026-01-01T00:00:01.000000000Z one\n2026-01-01T00:00:02.000000000Z zwö\n2026-01-01T00:00:30.000000000Z three\n',
    },
    { namespace: 'data', pod: 'db-0', container: 'app', previous: false, text: 'plain\nlines' },
    { namespace: 'data', pod: 'db-0', container: 'app', previous: true, text: 'before\n' },
  ],
};
