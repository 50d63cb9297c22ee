import { expect } from 'vitest';
import { comesTrue, request } from './walk-scene.ts';
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

export const autoscalerWalks: Readonly<Record<string, Walk>> = {
  'adjust-autoscaler: the autoscaler goes to its new bounds, and they can be taken back': moved,
};
