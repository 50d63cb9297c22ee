import { expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { doneByLaterRelease } from './later-release.ts';

function job(name: string, image: string, hour: string, condition = 'Complete'): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'crm', uid: name, creationTimestamp: `2026-03-10T${hour}:00:00Z` },
    spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
    status: { conditions: [{ type: condition, status: 'True' }] },
  };
}

function isDone(...others: object[]): boolean {
  const snapshot = new Snapshot(
    partsFrom([job('migrate-41', 'crm:41', '08', 'Failed'), ...others], '2026-03-10T12:00:00Z'),
  );
  const failed = snapshot.list('Job').find((j) => j.metadata.name === 'migrate-41');
  return failed !== undefined && doneByLaterRelease(snapshot, failed);
}

it('a failed run is made good by the completed run of the next release', () => {
  expect(isDone(job('migrate-42', 'crm:42', '09'))).toBe(true);
});

it('a run of the same image under another number is other work', () => {
  expect(isDone(job('migrate-42', 'crm:41', '09'))).toBe(false);
});

it('a run of before makes nothing good', () => {
  expect(isDone(job('migrate-40', 'crm:40', '07'))).toBe(false);
});

it('a later run that failed, too, makes nothing good', () => {
  expect(isDone(job('migrate-42', 'crm:42', '09', 'Failed'))).toBe(false);
});

it('a run of another program makes nothing good', () => {
  expect(isDone(job('migrate-42', 'billing:42', '09'))).toBe(false);
});
