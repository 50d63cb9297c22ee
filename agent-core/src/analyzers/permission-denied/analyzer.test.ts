import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { oddObjects } from '@autodevops/testkit/odd-objects';
import { permissionDenied } from './analyzer.ts';

testFixtures(permissionDenied, new URL('./fixtures/', import.meta.url));

const now = '2026-03-10T12:00:00Z';

describe('permission-denied on odd objects', () => {
  it('says nothing of an empty cluster', () => {
    expect(permissionDenied.analyze(new Snapshot({ capturedAt: now }))).toEqual([]);
  });

  it('survives objects without their fields and with fields of the wrong type', () => {
    const odd = oddObjects(
      ['v1', 'Pod'],
      ['v1', 'Event'],
      ['rbac.authorization.k8s.io/v1', 'Role'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
    );
    expect(permissionDenied.analyze(new Snapshot(partsFrom(odd, now)))).toEqual([]);
  });
});
