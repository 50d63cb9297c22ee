import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { hygiene } from './analyzer.ts';

testFixtures(hygiene, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('hygiene on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(hygiene.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(['apps/v1', 'DaemonSet'], ['v1', 'Service']);
    expect(hygiene.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
