import { describe, expect, it } from 'vitest';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { failedRun } from './failed-run.ts';

const now = '2026-03-10T12:00:00Z';

function run(kind: string, apiVersion: string, status: object): ReturnType<typeof failedRun> {
  const object = customObject.read({
    apiVersion,
    kind,
    metadata: { name: 'sessions', namespace: 'data', uid: 'u1', creationTimestamp: '2026-03-01T00:00:00Z' },
    status,
  });
  return failedRun(new Snapshot({ capturedAt: now }), object);
}

describe('a run that has failed', () => {
  it('is one whose operator says so, with its words', () => {
    const found = run('SparkApplication', 'sparkoperator.k8s.io/v1beta2', {
      applicationState: { state: 'FAILED', errorMessage: 'driver failed' },
      terminationTime: '2026-03-10T11:30:00Z',
    });
    expect(found).toEqual({
      path: 'status.applicationState.state',
      state: 'FAILED',
      message: 'driver failed',
      since: '2026-03-10T11:30:00Z',
    });
  });

  it('is none while it runs, or when it failed days ago', () => {
    expect(
      run('SparkApplication', 'sparkoperator.k8s.io/v1beta2', { applicationState: { state: 'RUNNING' } }),
    ).toBeUndefined();
    expect(run('RayJob', 'ray.io/v1', { jobStatus: 'FAILED', endTime: '2026-03-05T11:30:00Z' })).toBeUndefined();
  });

  it('is none of a kind of which nothing is known, or with a state that is no text', () => {
    expect(run('Pipeline', 'example.io/v1', { state: 'FAILED' })).toBeUndefined();
    expect(run('SparkApplication', 'sparkoperator.k8s.io/v1beta2', { applicationState: ['FAILED'] })).toBeUndefined();
  });

  it('tells its time also where the operator counts milliseconds', () => {
    expect(
      run('FlinkDeployment', 'flink.apache.org/v1beta1', {
        jobStatus: { state: 'FAILED', updateTime: String(Date.parse('2026-03-10T11:00:00Z')) },
      })?.since,
    ).toBe('2026-03-10T11:00:00.000Z');
  });
});
