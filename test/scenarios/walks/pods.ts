import { expect } from 'vitest';
import { loadScenarios } from '../scenario.ts';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { budget, deployment } from './workloads.ts';

async function firstPod({ hand }: WalkScene, namespace: string): Promise<string> {
  return await hand.must(['-n', namespace, 'get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[0].metadata.name}']);
}

const evicted: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web', { replicas: 2 }), budget('web', 1));
  await scene.hand.settle(namespace);
  const name = await firstPod(scene, namespace);
  const change = await scene.carryOut([request('evict-pod', ['Pod', namespace, name])]);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.decision?.tier).toBe('one');
  expect(await scene.read('Pod', namespace, name)).toBeUndefined();
  await comesTrue(
    'two pods are ready again',
    async () => (await scene.read('Deployment', namespace, 'web'))?.status['readyReplicas'] === 2,
  );
  await expect(
    scene.agent.client.undo(
      { params: { id: change.id }, body: { why: 'The walk goes back.' } },
      { signal: AbortSignal.timeout(30_000) },
    ),
  ).rejects.toMatchObject({ code: 'change.refused', message: expect.stringContaining('makes another') });
};

const heldByBudget: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web', { replicas: 2 }), budget('web', 2));
  await scene.hand.settle(namespace);
  await comesTrue(
    'the budget counts its pods',
    async () => (await scene.read('PodDisruptionBudget', namespace, 'web'))?.status['currentHealthy'] === 2,
  );
  const name = await firstPod(scene, namespace);
  for (const action of ['evict-pod', 'delete-pod']) {
    await expect(scene.agent.propose([request(action, ['Pod', namespace, name])])).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining('allows no disruption now (2 of 2 pods are healthy)'),
    });
  }
};

/** A StatefulSet never replaces by itself what an earlier template left broken. */
function replaced(action: 'delete-pod' | 'evict-pod'): Walk {
  return async (scene) => {
    const [broken] = loadScenarios('kind').filter(
      ({ name }) => name === 'workloads/broken-revision-holds-back-its-repair',
    );
    const namespace = await scene.namespace();
    await scene.hand.applyAll(namespace, broken?.sick ?? []);
    const { cause, proposals } = await causeIn(scene, namespace, 'statefulset.broken-revision', 240);
    const requests = proposals.filter((proposal) => proposal.action === 'delete-pod');
    expect(requests).toHaveLength(1);
    const change = await scene.carryOut(
      requests.map((proposed) => ({ ...proposed, action })),
      cause,
    );
    expect(change.state, change.says).toBe('succeeded');
    await comesTrue(
      'both pods are ready',
      async () => (await scene.read('StatefulSet', namespace, 'db'))?.status['readyReplicas'] === 2,
    );
  };
}

export const podWalks: Readonly<Record<string, Walk>> = {
  'evict-pod: a pod of two leaves as its budget allows, and another takes its place': evicted,
  'evict-pod and delete-pod: what a budget holds is not taken away': heldByBudget,
  'delete-pod: a pod of a broken revision goes, and the StatefulSet goes on with the mended one':
    replaced('delete-pod'),
  'evict-pod: a pod of a broken revision leaves, and the StatefulSet goes on with the mended one':
    replaced('evict-pod'),
};
