import { describe, expect, it } from 'vitest';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { schedulerReasons } from '../../reading/scheduling/scheduler-message.ts';
import { schedulingCapacity } from './analyzer.ts';

testFixtures(schedulingCapacity, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

function pending(message: unknown, resources: unknown = {}): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', creationTimestamp: now },
    spec: { containers: [{ name: 'app', resources }] },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    },
  };
}

describe('scheduler texts', () => {
  it.each([
    [
      '0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 Insufficient cpu. preemption: 0/4 nodes are available: 1 Preemption is not helpful for scheduling, 3 No preemption victims found for incoming pod.',
      [
        ['taint', 1],
        ['resource', 3],
      ],
    ],
    [
      "0/3 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate, 2 node(s) didn't match node selector.",
      [
        ['taint', 1],
        ['node-selector', 2],
      ],
    ],
    ['0/1 nodes are available: 1 Too many pods.', [['resource', 1]]],
    [
      'running PreFilter plugin "VolumeBinding": 0/2 nodes are available: 2 pod has unbound immediate PersistentVolumeClaims.',
      [['volume-unbound', 2]],
    ],
    [
      '0/3 nodes are available: 3 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      [['taint', 3]],
    ],
    ['0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.', [['not-ready', 2]]],
    ['', []],
  ])('reads "%s"', (text, expected) => {
    expect(schedulerReasons(text).map((r) => [r.kind, r.count])).toEqual(expected);
  });

  it('reads absurdly long and odd texts to their end', () => {
    const text = `0/9 nodes are available: ${'{'.repeat(500_000)}${', 1 x'.repeat(500_000)}`;
    expect(schedulerReasons(text).length).toBeGreaterThan(0);
  });
});

describe('hostile objects', () => {
  it('are not believed and do not break it', () => {
    const odd = [
      pending(42),
      pending('0/1 nodes are available: 1 Insufficient constructor.'),
      pending('1 Insufficient __proto__.', { requests: { cpu: 'lots', __proto__: '1' } }),
      pending(undefined),
    ];
    const nodes = [
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } },
      { apiVersion: 'v1', kind: 'Node' },
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'm' }, status: { allocatable: { cpu: {} } } },
    ];
    for (const object of odd) {
      expect(() => schedulingCapacity.analyze(new Snapshot(partsFrom([object, ...nodes], now)))).not.toThrow();
    }
  });

  it('gives the same whatever the order', () => {
    const objects = [
      pending('0/2 nodes are available: 2 Insufficient cpu.', { requests: { cpu: '9' } }),
      ...['a', 'b'].map((name) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name },
        status: { allocatable: { cpu: '4', pods: '10' } },
      })),
    ];
    const forward = schedulingCapacity.analyze(new Snapshot(partsFrom(objects, now)));
    expect(schedulingCapacity.analyze(new Snapshot(partsFrom(objects.toReversed(), now)))).toEqual(forward);
    expect(forward.map((f) => f.code)).toEqual(['pod.unschedulable.request-too-large']);
  });
});
