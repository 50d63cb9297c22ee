import { describe, expect, it } from 'vitest';
import { awayAtOnce } from './away-at-once.ts';
import { cronJob, daemonSet, deployment, statefulSet } from '../testing/objects.ts';

const rolling = (rollingUpdate: object): object => ({ spec: { strategy: { type: 'RollingUpdate', rollingUpdate } } });

describe('how many pods a template change takes away at once', () => {
  it.each([
    ['a Deployment as it comes, a quarter rounded down', deployment(), 10, 2],
    ['a small Deployment none, for a new pod comes first', deployment(), 3, 0],
    ['a Deployment with a number that many', deployment(rolling({ maxUnavailable: 2, maxSurge: 0 })), 10, 2],
    ['a Deployment never more than it has', deployment(rolling({ maxUnavailable: 5 })), 3, 3],
    ['a Deployment that could not move otherwise one', deployment(rolling({ maxUnavailable: 0, maxSurge: 0 })), 3, 1],
    ['a Deployment that recreates all', deployment({ spec: { strategy: { type: 'Recreate' } } }), 3, 3],
    ['a StatefulSet one', statefulSet(), 3, 1],
    [
      'a DaemonSet a share rounded up',
      daemonSet({ spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } } } }),
      12,
      2,
    ],
    [
      'what cannot be read all',
      daemonSet({ spec: { updateStrategy: { rollingUpdate: { maxUnavailable: 'some' } } } }),
      12,
      12,
    ],
    ['a CronJob none', cronJob(), 2, 0],
  ])('%s', (_name, workload, count, away) => {
    expect(awayAtOnce(workload, count)).toBe(away);
  });
});
