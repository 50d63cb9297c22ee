import { expect } from 'vitest';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk } from './walk-scene.ts';
import { deployment } from './workloads.ts';

/** What is changed while the rollout is paused waits; Jamie says so, and taking the pause back lets it go on. */
const paused: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web'));
  const updated = async (): Promise<number> =>
    Number((await scene.read('Deployment', namespace, 'web'))?.status['updatedReplicas'] ?? 0);
  await comesTrue(
    'the Deployment is rolled out',
    async () => (await scene.read('Deployment', namespace, 'web'))?.status['readyReplicas'] === 1,
  );
  const change = await scene.carryOut([request('pause-rollout', ['Deployment', namespace, 'web'])]);
  expect(change.state, change.says).toBe('succeeded');
  await expect(scene.agent.propose([request('pause-rollout', ['Deployment', namespace, 'web'])])).rejects.toMatchObject(
    { code: 'change.refused', message: expect.stringContaining('paused already') },
  );
  await scene.hand.must(['-n', namespace, 'set', 'env', 'deployment/web', 'MODE=fast']);
  const { cause } = await causeIn(scene, namespace, 'workload.rollout-paused');
  expect(cause.changes.map(({ action }) => action)).toEqual(['resume-rollout']);
  expect(await updated()).toBe(0);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  await comesTrue('the change of the template is rolled out', async () => (await updated()) === 1);
};

export const rolloutWalks: Readonly<Record<string, Walk>> = {
  'pause-rollout: a change of the template waits, is told, and goes on when the pause is taken back': paused,
};
