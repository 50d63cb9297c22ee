import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { closedPools } from './node-promise.ts';

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

it('pools are closed where none of them is ready', () => {
  expect(closed(pool('general', 'False'), pool('gpu', 'False'))).toEqual(['general', 'gpu']);
});

it('no pool is to blame while another one can make machines', () => {
  expect(closed(pool('general', 'True'), pool('gpu', 'False'))).toEqual([]);
});

it('a cluster without Karpenter has no closed pools', () => {
  expect(closed()).toEqual([]);
});
