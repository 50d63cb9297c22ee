import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { autoscalerRefusal } from './autoscaler-refusal.ts';

const now = '2026-03-10T12:00:00Z';
const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1', uid: 'u1' };

function refusal(reason: string, component: string, message: string, last = '2026-03-10T11:59:00Z') {
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'shop', name: 'e1' },
    involvedObject: pod,
    reason,
    message,
    type: 'Warning',
    count: 3,
    firstTimestamp: last,
    lastTimestamp: last,
    source: { component },
  };
  return autoscalerRefusal(new Snapshot(partsFrom([event], now)), pod);
}

it('reads that a node group is at its largest', () => {
  expect(
    refusal(
      'NotTriggerScaleUp',
      'cluster-autoscaler',
      "pod didn't trigger scale-up: 2 node(s) had untolerated taint {a: b}, 1 max node group size reached",
    )?.sentence,
  ).toContain('at its largest size');
});

it('reads that the last try to get a node failed', () => {
  expect(
    refusal(
      'NotTriggerScaleUp',
      'cluster-autoscaler',
      "pod didn't trigger scale-up: 1 in backoff after failed scale-up",
    )?.sentence,
  ).toContain('last try');
});

it('says nothing where a new node would not help the pod', () => {
  expect(
    refusal(
      'NotTriggerScaleUp',
      'cluster-autoscaler',
      "pod didn't trigger scale-up (it wouldn't fit if a new node is added): 1 Insufficient cpu",
    ),
  ).toBeUndefined();
});

it("reads which of Karpenter's pools has used up its limits", () => {
  expect(
    refusal(
      'FailedScheduling',
      'karpenter',
      'Failed to schedule pod, all available instance types exceed limits for nodepool: "general"',
    )?.sentence,
  ).toContain('pool "general"');
});

it('reads that no instance type fits', () => {
  const message =
    'Failed to schedule pod, incompatible with nodepool "default", daemonset overhead={"cpu":"500m"}, no instance type satisfied resources {"cpu":"130"} and requirements (no instance type has enough resources)';
  expect(refusal('FailedScheduling', 'karpenter', message)?.sentence).toContain('no instance type');
});

it("does not take the scheduler's word for an autoscaler's", () => {
  expect(
    refusal('FailedScheduling', 'default-scheduler', '0/3 nodes are available: 3 Insufficient cpu.'),
  ).toBeUndefined();
});

it('forgets what was said hours ago', () => {
  expect(
    refusal('NotTriggerScaleUp', 'cluster-autoscaler', '1 max node group size reached', '2026-03-10T08:00:00Z'),
  ).toBeUndefined();
});

describe('an order for this pod that the cloud did not fill', () => {
  const failed =
    'Node scale up in zones europe-west1-b associated with this pod failed: GCE out of resources. Pod is at risk of not being scheduled.';

  it('is told with its zones and the reason', () => {
    expect(refusal('FailedScaleUp', 'cluster-autoscaler', failed)?.sentence).toContain(
      'got none in europe-west1-b: GCE out of resources',
    );
  });

  it('is history after an hour', () => {
    expect(refusal('FailedScaleUp', 'cluster-autoscaler', failed, '2026-03-10T10:30:00Z')).toBeUndefined();
  });
});
