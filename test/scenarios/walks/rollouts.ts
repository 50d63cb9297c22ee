import { expect } from 'vitest';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
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

const spreads = 'workload.rollout-spreads-failure';

/** One pod after the other; each counts a quarter of a minute after its start. */
function inWaves(name: string, command: string): object {
  const { spec, ...rest } = deployment(name, { replicas: 6, command }) as { readonly spec: object };
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
  return { ...rest, spec: { ...spec, strategy, minReadySeconds: 15, progressDeadlineSeconds: 600 } };
}

async function restarts({ hand }: WalkScene, namespace: string): Promise<number> {
  const counts = 'jsonpath={.items[*].status.containerStatuses[0].restartCount}';
  const told = await hand.must(['-n', namespace, 'get', 'pods', '-o', counts]);
  return told.split(' ').reduce((sum, count) => sum + Number(count), 0);
}

/** Its new revision works for half a minute, which is enough to count, and fails then: pod by pod what works goes away. */
const contained: Walk = async (scene) => {
  const namespace = await scene.namespace(inWaves('web', 'trap exit TERM; sleep 100000 & wait'));
  const status = async (): Promise<Readonly<Record<string, unknown>>> =>
    (await scene.read('Deployment', namespace, 'web'))?.status ?? {};
  await comesTrue('the first revision is rolled out', async () => (await status())['availableReplicas'] === 6);
  const failing = inWaves('web', 'trap exit TERM; sleep 30 & wait; echo "Error: the cache is full"; exit 1');
  await scene.hand.must(['-n', namespace, 'apply', '-f', '-'], JSON.stringify(failing));
  const { cause } = await causeIn(scene, namespace, spreads, 240);
  const change = await scene.carryOut([request('pause-rollout', ['Deployment', namespace, 'web'])], {
    ...cause,
    code: spreads,
  });
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain('has gone, and nothing got worse.');
  const { updatedReplicas } = await status();
  expect(updatedReplicas, 'pods that work are left').toBeLessThan(6);
  const told = async (): Promise<readonly string[]> =>
    (await scene.agent.fixes(namespace)).flatMap(({ cause: { code, symptoms } }) => [
      code,
      ...symptoms.map((symptom) => symptom.code),
    ]);
  expect(await told(), 'it is not called well').toContain('workload.rollout-paused');
  const before = await restarts(scene, namespace);
  await comesTrue('what fails was started again, twice', async () => (await restarts(scene, namespace)) > before + 1);
  expect((await status())['updatedReplicas']).toBe(updatedReplicas);
  await comesTrue('what fails is told, and the pause with it', async () => {
    const codes = await told();
    return codes.includes('workload.rollout-paused') && codes.some((code) => code.startsWith('pod.'));
  });
  const proposed = (await scene.agent.fixes(namespace)).flatMap(({ proposals }) => proposals);
  expect(proposed.map(({ action }) => action)).not.toContain('resume-rollout');
};

export const rolloutWalks: Readonly<Record<string, Walk>> = {
  'pause-rollout: a change of the template waits, is told, and goes on when the pause is taken back': paused,
  'pause-rollout: a revision that fails after it counted as ready takes no more working pods away': contained,
};
