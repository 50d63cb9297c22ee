import { describe, expect, it } from 'vitest';
import { readFixture, testFixtures } from '@autodevops/testkit/fixture';
import { fileURLToPath } from 'node:url';
import { deploymentRollout } from './analyzer.ts';

testFixtures(deploymentRollout, new URL('./fixtures/', import.meta.url));

describe('the way back', () => {
  it('is offered to the revision that still serves, with low risk', () => {
    const fixture = readFixture(
      fileURLToPath(new URL('./fixtures/new-image-fails-and-the-old-revision-serves.yaml', import.meta.url)),
    );
    const [found] = deploymentRollout.analyze(fixture.snapshot);
    expect(found?.changes.map((c) => [c.action, c.params, c.risk])).toEqual([
      ['rollout-undo', { toRevision: 6 }, 'low'],
    ]);
  });

  it('is not offered when there is none', () => {
    const fixture = readFixture(
      fileURLToPath(new URL('./fixtures/first-revision-never-became-available.yaml', import.meta.url)),
    );
    expect(deploymentRollout.analyze(fixture.snapshot).flatMap((f) => f.changes)).toEqual([]);
  });
});
