import { describe, expect, it } from 'vitest';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { migrationJobs } from './migration-job.ts';

const template = (image: string): unknown => ({ spec: { containers: [{ name: 'app', image }] } });
const job = (name: string, image: string, namespace = 'shop'): unknown => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace, uid: name },
  spec: { template: template(image) },
});
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'p' },
  spec: { containers: [{ name: 'app', image: 'registry.example/shop/web:2' }] },
};

function jobsFor(...jobs: readonly unknown[]): readonly string[] {
  const snapshot = new Snapshot(partsFrom([pod, ...jobs], '2026-01-01T12:00:00Z'));
  return migrationJobs(snapshot, snapshot.get('Pod', 'shop', 'web-1') as Pod).map((ref) => ref.name);
}

describe('Jobs that may bring a database to the version of a program', () => {
  it('run its image, in whatever version', () => {
    expect(jobsFor(job('prepare', 'registry.example/shop/web:1'))).toEqual(['prepare']);
  });

  it('or are named after what they do', () => {
    expect(jobsFor(job('flyway-5', 'flyway/flyway:11'))).toEqual(['flyway-5']);
  });

  it('are not those of other programs or namespaces', () => {
    expect(
      jobsFor(
        job('report', 'registry.example/shop/report:1'),
        job('web-migrate', 'registry.example/shop/web:1', 'other'),
      ),
    ).toEqual([]);
  });
});
