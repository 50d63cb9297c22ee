import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { brokenClaims, closedPools, isPromisedANode } from './node-promise.ts';

function pool(name: string, ready: string): object {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: {},
    status: { conditions: [{ type: 'Ready', status: ready }] },
  };
}

function closed(...pools: object[]): string[] {
  return closedPools(new Snapshot(partsFrom(pools, '2026-03-10T12:00:00Z'))).map((ref) => ref.name);
}

const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'batch', name: 'render-0', uid: '' };

function told(reason: string, message: string, last: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'render-0.1', namespace: 'batch' },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'batch', name: 'render-0' },
    type: 'Normal',
    reason,
    message,
    firstTimestamp: last,
    lastTimestamp: last,
    count: 1,
  };
}

function claim(registered: string): object {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodeClaim',
    metadata: { name: 'default-26pwv', creationTimestamp: '2026-03-10T11:20:00Z' },
    spec: {},
    status: {
      conditions: [
        { type: 'Launched', status: 'True', reason: 'Launched', lastTransitionTime: '2026-03-10T11:21:00Z' },
        {
          type: 'Registered',
          status: registered,
          reason: 'NodeNotFound',
          message: 'Node not registered with cluster',
          lastTransitionTime: '2026-03-10T11:21:00Z',
        },
      ],
    },
  };
}

const seen = (...objects: object[]): Snapshot => new Snapshot(partsFrom(objects, '2026-03-10T12:00:00Z'));
const nominated = told('Nominated', 'Pod should schedule on: nodeclaim/default-26pwv', '2026-03-10T11:58:00Z');

it('a pod is promised a node by an event of the last hour', () => {
  expect(isPromisedANode(seen(nominated), pod)).toBe(true);
  expect(isPromisedANode(seen(told('TriggeredScaleUp', 'pod triggered scale-up', '2026-03-10T11:58:00Z')), pod)).toBe(
    true,
  );
  expect(isPromisedANode(seen(told('Nominated', 'Pod should schedule on: node/a', '2026-03-10T08:00:00Z')), pod)).toBe(
    false,
  );
  expect(isPromisedANode(seen(), pod)).toBe(false);
});

it('a claim is broken while its machine does not register', () => {
  expect(brokenClaims(seen(nominated, claim('Unknown')), pod).map((ref) => ref.name)).toEqual(['default-26pwv']);
  expect(brokenClaims(seen(nominated, claim('True')), pod)).toEqual([]);
  expect(brokenClaims(seen(nominated), pod)).toEqual([]);
});

it('pools are closed where none of them is ready', () => {
  expect(closed(pool('general', 'False'), pool('gpu', 'False'))).toEqual(['general', 'gpu']);
});

it('no pool is to blame while another one can make machines', () => {
  expect(closed(pool('general', 'True'), pool('gpu', 'False'))).toEqual([]);
});

it('a cluster without Karpenter has no closed pools', () => {
  expect(closed()).toEqual([]);
});
