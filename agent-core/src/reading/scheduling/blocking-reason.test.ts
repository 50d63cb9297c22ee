import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { blockingReason } from './blocking-reason.ts';
import { wishOf } from './node-obstacles.ts';
import { schedulerReasons } from './scheduler-message.ts';

function node(name: string, spec: object = {}): object {
  return {
    metadata: { name, uid: name, labels: { 'kubernetes.io/hostname': name } },
    spec,
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' }, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

const cordoned = { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] };
const pinned = {
  metadata: { name: 'web', namespace: 'shop', uid: 'web' },
  spec: {
    nodeSelector: { 'kubernetes.io/hostname': 'one' },
    containers: [{ name: 'app', resources: { requests: { cpu: '1' } } }],
  },
  status: { phase: 'Pending' },
};

/** What keeps the pod that is pinned to node `one` from it, where only its namespace was read, or all. */
function kept(
  nodes: readonly object[],
  message: string,
  namespaces?: readonly string[],
): ReturnType<typeof blockingReason> {
  const pod = kinds.Pod.shape.read(pinned);
  const objects = { Node: nodes.map((one) => kinds.Node.shape.read(one)), Pod: [pod] };
  const snapshot = new Snapshot({
    capturedAt: '2026-03-10T12:00:00Z',
    objects,
    ...(namespaces === undefined ? {} : { namespaces }),
  });
  return blockingReason(snapshot, wishOf(snapshot, pod), schedulerReasons(message));
}

/** As a scheduler counts nodes: most of them for what does not matter. */
const closed =
  "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) were unschedulable.";

describe('what keeps a pod from being scheduled', () => {
  it('is that its only node is cordoned, also where only its own namespace was read', () => {
    for (const namespaces of [undefined, ['shop']]) {
      expect(kept([node('one', cordoned), node('two')], closed, namespaces)).toMatchObject({
        kind: 'cordoned',
        held: [{ room: { node: { metadata: { name: 'one' } } } }],
      });
    }
  });

  it('is its selector where no node has the label, whatever was read', () => {
    const nowhere = "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.";
    for (const namespaces of [undefined, ['shop']]) {
      expect(kept([node('two'), node('three')], nowhere, namespaces)).toMatchObject({
        kind: 'node-selector',
        certain: true,
      });
    }
  });

  it('is what the scheduler says of room where the pods of others were not read', () => {
    const full = "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector.";
    expect(kept([node('one'), node('two')], full, ['shop'])).toMatchObject({
      kind: 'resource',
      subject: 'cpu',
      certain: false,
    });
  });
});
