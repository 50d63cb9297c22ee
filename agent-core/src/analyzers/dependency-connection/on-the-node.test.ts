import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { nodeNeighbours } from './on-the-node.ts';

interface Wish {
  readonly node: string;
  readonly command?: readonly string[];
  readonly ready?: boolean;
  readonly hostNetwork?: boolean;
}

function pod(name: string, { node, command = [], ready = false, hostNetwork = true }: Wish): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'kube-system', uid: name },
    spec: { nodeName: node, hostNetwork, containers: [{ name: 'main', image: 'x:1', command }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

const etcd = ['etcd', '--listen-client-urls=https://127.0.0.1:2379'];

function explainedBy(port: number, ...others: object[]): string[] {
  const snapshot = new Snapshot(
    partsFrom([pod('kube-apiserver-cp-1', { node: 'cp-1' }), ...others], '2026-03-10T12:00:00Z'),
  );
  const caller = snapshot.get('Pod', 'kube-system', 'kube-apiserver-cp-1');
  const missed = { dependency: { kind: 'in-pod', host: '127.0.0.1', port } } as MissedDependency;
  return caller === undefined ? [] : nodeNeighbours(snapshot, caller, missed).map((b) => b.object.name);
}

it('who is refused on its node is explained by the pod there that is to serve the port', () => {
  expect(explainedBy(2379, pod('etcd-cp-1', { node: 'cp-1', command: etcd }))).toEqual(['etcd-cp-1']);
});

it('a pod of another node explains nothing', () => {
  expect(explainedBy(2379, pod('etcd-cp-2', { node: 'cp-2', command: etcd }))).toEqual([]);
});

it('a pod that is ready explains nothing', () => {
  expect(explainedBy(2379, pod('etcd-cp-1', { node: 'cp-1', command: etcd, ready: true }))).toEqual([]);
});

it('a pod with a network of its own explains nothing', () => {
  expect(explainedBy(2379, pod('etcd-cp-1', { node: 'cp-1', command: etcd, hostNetwork: false }))).toEqual([]);
});

it('a port that only begins alike is another port', () => {
  expect(explainedBy(237, pod('etcd-cp-1', { node: 'cp-1', command: etcd }))).toEqual([]);
});
