import { describe, expect, it } from 'vitest';
import { partsFrom, testFixtures } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { admissionPolicy } from '../admission-policy/analyzer.ts';
import { admissionQuota } from '../admission-quota/analyzer.ts';
import { admissionWebhook } from '../admission-webhook/analyzer.ts';
import { autoscaler } from '../autoscaler/analyzer.ts';
import { cronJob } from '../cron-job/analyzer.ts';
import { daemonSet } from '../daemon-set/analyzer.ts';
import { deploymentRollout } from '../deployment-rollout/analyzer.ts';
import { disruptionBudget } from '../disruption-budget/analyzer.ts';
import { job } from '../job/analyzer.ts';
import { scaledToZero } from '../scaled-to-zero/analyzer.ts';
import { schedulingPlacement } from '../scheduling-placement/analyzer.ts';
import { schedulingVolume } from '../scheduling-volume/analyzer.ts';
import { schedulingWaiting } from '../scheduling-waiting/analyzer.ts';
import { statefulSet } from '../stateful-set/analyzer.ts';
import { workloadPods } from '../workload-pods/analyzer.ts';
import { workloadAvailability } from './analyzer.ts';

testFixtures(workloadAvailability, new URL('./fixtures/', import.meta.url));

const all = [
  admissionPolicy,
  admissionQuota,
  admissionWebhook,
  autoscaler,
  cronJob,
  daemonSet,
  deploymentRollout,
  disruptionBudget,
  job,
  scaledToZero,
  schedulingPlacement,
  schedulingVolume,
  schedulingWaiting,
  statefulSet,
  workloadAvailability,
  workloadPods,
];
const kinds: readonly (readonly [string, string])[] = [
  ['v1', 'Pod'],
  ['v1', 'Node'],
  ['v1', 'Event'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['v1', 'ReplicationController'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
];

describe('odd objects', () => {
  it.each(all.map((analyzer) => [analyzer.name, analyzer] as const))('do not break %s', (_name, analyzer) => {
    const bodies = [
      {},
      { metadata: null, spec: [], status: 'x' },
      {
        metadata: { name: '\u001b[31m', uid: 7 },
        spec: { replicas: -3, selector: 1, template: { spec: { containers: [null, 5] } } },
        status: { conditions: [null, {}, { type: 'Failed', status: 'True' }] },
      },
    ];
    const objects = kinds.flatMap(([apiVersion, kind]) => bodies.map((body) => ({ apiVersion, kind, ...body })));
    expect(() => analyzer.analyze(new Snapshot(partsFrom(objects, '2026-03-10T12:00:00Z')))).not.toThrow();
    expect(() => analyzer.analyze(new Snapshot(partsFrom(objects, 'not a time')))).not.toThrow();
  });

  it('say nothing where nothing was read', () => {
    for (const analyzer of all) {
      expect(analyzer.analyze(new Snapshot({ capturedAt: '2026-03-10T12:00:00Z' }))).toEqual([]);
    }
  });
});
