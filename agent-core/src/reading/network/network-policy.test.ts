import { expect, it } from 'vitest';
import type { NetworkPolicy } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { inRange } from './ip-range.ts';
import { blockingPolicies } from './network-policy.ts';

const pod = (namespace: string, name: string, labels: Record<string, string>): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels },
  spec: { containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080 }] }] },
  status: { podIP: name === 'web' ? '10.1.0.5' : '10.2.0.6' },
});
const policy = (spec: unknown): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'data', name: 'p' },
  spec,
});

function blockers(spec: unknown, port = 8080): readonly NetworkPolicy[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } };
  const snapshot = new Snapshot(
    partsFrom(
      [namespace, pod('shop', 'web', { app: 'web' }), pod('data', 'db', { app: 'db' }), policy(spec)],
      '2026-03-10T12:00:00Z',
    ),
  );
  const [from, to] = snapshot.list('Pod') as [Pod, Pod];
  return blockingPolicies(snapshot, 'Ingress', { from, to, port, protocol: 'TCP' });
}

it.each([
  ['no rule', { podSelector: {}, policyTypes: ['Ingress'] }, true],
  ['another pod only', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }, true],
  [
    'its namespace by name',
    {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }] }],
    },
    false,
  ],
  [
    'its namespace, another pod',
    {
      podSelector: {},
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: { matchLabels: { app: 'x' } } }] },
      ],
    },
    true,
  ],
  ['its address', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }] }, false],
  [
    'its address, excepted',
    { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/24'] } }] }] },
    true,
  ],
  ['its port by name', { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] }, false],
  ['a range of ports', { podSelector: {}, ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] }, false],
  ['another port', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }, true],
  ['UDP only', { podSelector: {}, ingress: [{ ports: [{ port: 8080, protocol: 'UDP' }] }] }, true],
  ['another pod is restricted', { podSelector: { matchLabels: { app: 'other' } }, policyTypes: ['Ingress'] }, false],
  ['egress only', { podSelector: {}, policyTypes: ['Egress'] }, false],
])('%s', (_name, spec, blocked) => expect(blockers(spec).length > 0).toBe(blocked));

it('reads ranges of addresses', () => {
  expect(inRange('0.0.0.0/0', '8.8.8.8')).toBe(true);
  expect(inRange('10.244.1.0/25', '10.244.1.200')).toBe(false);
  expect(inRange('fd00::/8', '10.0.0.1')).toBeUndefined();
});
