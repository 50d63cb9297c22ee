import { describe, expect, it } from 'vitest';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { awaitedJob } from './awaited-job.ts';
import { containersOf } from '../pod-status.ts';

const snapshot = new Snapshot(
  partsFrom(
    [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', namespace: 'shop' } }],
    '2026-01-01T12:00:00Z',
  ),
);

function jobOf(command: string[], args: string[] = []): string | undefined {
  const pod = kinds.Pod.shape.read({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [{ name: 'wait', image: 'x', command, args }] },
  });
  const [view] = containersOf(pod);
  return view === undefined ? undefined : awaitedJob(snapshot, pod, view)?.name;
}

describe('the Job that a command waits for', () => {
  it('is named with its kind', () => {
    expect(jobOf(['kubectl', 'wait', '--for=condition=complete', 'job/migrate'])).toBe('migrate');
    expect(jobOf(['sh', '-c', 'until kubectl get jobs/seed -o name; do sleep 1; done'])).toBe('seed');
    expect(jobOf(['kubectl', 'wait', 'job.batch/migrate'])).toBe('migrate');
  });

  it('may follow the word, when there is such a Job', () => {
    expect(jobOf([], ['job', 'migrate'])).toBe('migrate');
    expect(jobOf([], ['job', '--wait', 'migrate'])).toBe('migrate');
    expect(jobOf(['run', 'job', 'forever'])).toBeUndefined();
  });

  it('is none in other commands', () => {
    expect(jobOf(['sh', '-c', 'nc -z db 5432'])).toBeUndefined();
    expect(jobOf(['/jobs/run'])).toBeUndefined();
  });
});
