import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { failedPods } from './failed-pod.ts';

const failed = { status: { failed: 1, conditions: [{ type: 'Failed', status: 'True' }] } };
const complete = { status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } };

function job(name: string, minute: number, ended: object, rerunOf?: string): object {
  const annotations = rerunOf === undefined ? {} : { 'autodevops.dev/rerun-of': rerunOf };
  return {
    metadata: { name, namespace: 'shop', uid: name, annotations, creationTimestamp: `2026-03-10T11:${minute}:00Z` },
    ...ended,
  };
}

function podOf(owner: string): object {
  return {
    metadata: {
      name: `${owner}-x`,
      namespace: 'shop',
      uid: `${owner}-x`,
      creationTimestamp: '2026-03-10T11:00:00Z',
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: owner, uid: owner, controller: true }],
    },
    status: {
      phase: 'Failed',
      containerStatuses: [{ name: 'app', state: { terminated: { exitCode: 1, finishedAt: '2026-03-10T11:00:10Z' } } }],
    },
  };
}

/** Names of the failed pods that matter, where these Jobs and their pods are. */
function mattering(jobs: readonly object[], pods: readonly object[]): readonly string[] {
  const objects = {
    Job: jobs.map((one) => kinds.Job.shape.read(one)),
    Pod: pods.map((one) => kinds.Pod.shape.read(one)),
  };
  return failedPods(new Snapshot({ capturedAt: '2026-03-10T12:00:00Z', objects })).map(({ metadata }) => metadata.name);
}

describe('a failed pod of a Job', () => {
  it('matters while no run has come right', () => {
    expect(mattering([job('import', 10, failed)], [podOf('import')])).toEqual(['import-x']);
    expect(mattering([job('import', 10, failed), job('again', 20, failed, 'import')], [podOf('import')])).toEqual([
      'import-x',
    ]);
  });

  it('is past when a later run did the work, and not when another Job or an earlier run did', () => {
    expect(mattering([job('import', 10, failed), job('again', 20, complete, 'import')], [podOf('import')])).toEqual([]);
    expect(mattering([job('import', 10, failed), job('other', 20, complete)], [podOf('import')])).toEqual(['import-x']);
    expect(mattering([job('import', 10, complete), job('again', 20, failed, 'import')], [podOf('again')])).toEqual([
      'again-x',
    ]);
  });
});
