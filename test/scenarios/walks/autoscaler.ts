import { expect } from 'vitest';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { deployment } from './workloads.ts';

/** Without metrics an autoscaler still keeps its target within its bounds. */
const scaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: {
    minReplicas: 1,
    maxReplicas: 4,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
  },
};

async function replicas({ read }: WalkScene, namespace: string): Promise<unknown> {
  return (await read('Deployment', namespace, 'web'))?.spec['replicas'];
}

const moved: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web'), scaler);
  await comesTrue(
    'the autoscaler knows its target',
    async () => (await scene.read('HorizontalPodAutoscaler', namespace, 'web'))?.status['currentReplicas'] === 1,
  );
  const bounds = (params: { minReplicas?: number; maxReplicas?: number }): ReturnType<typeof request> =>
    request('adjust-autoscaler', ['HorizontalPodAutoscaler', namespace, 'web'], params);
  await expect(scene.agent.propose([bounds({ minReplicas: 9 })])).rejects.toMatchObject({
    code: 'change.refused',
    message: expect.stringContaining('above maxReplicas 4'),
  });
  const change = await scene.carryOut([bounds({ minReplicas: 2, maxReplicas: 5 })]);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.plan.facts.notes).toContain('1 replica will be added to the present 1 at once.');
  expect(await replicas(scene, namespace), 'the autoscaler itself scaled').toBe(2);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect((await scene.read('HorizontalPodAutoscaler', namespace, 'web'))?.spec).toMatchObject({
    minReplicas: 1,
    maxReplicas: 4,
  });
};

/** It wants more pods than the quota of its namespace has room for. */
const withinQuota: Walk = async (scene) => {
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'pods' }, spec: { hard: { pods: '2' } } };
  const namespace = await scene.namespace(quota, deployment('web'), {
    ...scaler,
    spec: { ...scaler.spec, minReplicas: 4 },
  });
  const { cause } = await causeIn(scene, namespace, 'admission.quota.objects');
  const change = await scene.carryOut(
    [request('adjust-autoscaler', ['HorizontalPodAutoscaler', namespace, 'web'], { minReplicas: 2, maxReplicas: 2 })],
    cause,
  );
  expect(change.state, change.says).toBe('succeeded');
  expect((await scene.read('Deployment', namespace, 'web'))?.status['readyReplicas']).toBe(2);
};

export const autoscalerWalks: Readonly<Record<string, Walk>> = {
  'adjust-autoscaler: the autoscaler goes to its new bounds, and they can be taken back': moved,
  'adjust-autoscaler: pods that a quota has no room for are not wanted any more': withinQuota,
};
