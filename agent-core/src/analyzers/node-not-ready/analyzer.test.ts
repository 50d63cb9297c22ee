import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { nodeNotReady } from './analyzer.ts';

testFixtures(nodeNotReady, new URL('./fixtures/', import.meta.url));

describe('node-not-ready on odd objects', () => {
  it('says nothing of a node without a status', () => {
    const parts = partsFrom([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }], '2026-01-01T12:00:00Z');
    expect(nodeNotReady.analyze(new Snapshot(parts))).toEqual([]);
  });

  it('survives fields of the wrong type', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', creationTimestamp: 7 },
      spec: { taints: 'x' },
      status: { conditions: [null, { type: 'Ready', status: 'False', message: 12 }] },
    };
    const found = nodeNotReady.analyze(new Snapshot(partsFrom([node], '2026-01-01T12:00:00Z')));
    expect(found.map((f) => f.code)).toEqual(['node.not-ready.kubelet']);
  });
});
