import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { hygiene } from './analyzer.ts';

testFixtures(hygiene, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('hygiene on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(hygiene.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const metadata = { name: 'x', namespace: 'shop', uid: 7, ownerReferences: 'no', finalizers: {}, labels: [] };
    const odd = [['apps/v1', 'DaemonSet'], ['v1', 'Service']].flatMap(([apiVersion, kind]) => [
      { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' } },
      { apiVersion, kind, metadata, spec: 'no', status: [] },
      { apiVersion, kind, metadata: null, spec: { taints: 5, versions: {} }, status: { conditions: [null, 7, { type: 3 }, {}] } },
    ]);
    expect(hygiene.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
