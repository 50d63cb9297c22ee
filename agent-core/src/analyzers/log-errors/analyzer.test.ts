import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { logErrors } from './analyzer.ts';

testFixtures(logErrors, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('log-errors on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(logErrors.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    expect(
      logErrors.analyze(new Snapshot(partsFrom(oddObjects(['v1', 'Pod'], ['apps/v1', 'Deployment']), now))),
    ).toEqual([]);
  });
});
