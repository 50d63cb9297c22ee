import { expect } from 'vitest';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { claim, deployment, mounting } from './workloads.ts';

type Field = 'labels' | 'annotations';

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', labels: { team: 'red' }, annotations: { 'example.com/owner': 'ann' } },
  data: { mode: 'fast' },
};

async function marks({ hand }: WalkScene, namespace: string, field: Field): Promise<unknown> {
  const text = await hand.must([
    '-n',
    namespace,
    'get',
    'configmap',
    'settings',
    '-o',
    `jsonpath={.metadata.${field}}`,
  ]);
  const { 'kubectl.kubernetes.io/last-applied-configuration': _copy, ...rest } = JSON.parse(text) as Readonly<
    Record<string, string>
  >;
  return rest;
}

/** One is changed, one is added, and both are as before when it is taken back. */
function marked(
  action: 'label-object' | 'annotate-object',
  field: Field,
  given: Readonly<Record<string, string>>,
): Walk {
  return async (scene) => {
    const namespace = await scene.namespace(settings);
    const before = await marks(scene, namespace, field);
    const change = await scene.carryOut([request(action, ['ConfigMap', namespace, 'settings'], { [field]: given })]);
    expect(change.state, change.says).toBe('succeeded');
    expect(await marks(scene, namespace, field)).toEqual({ ...(before as object), ...given });
    const back = await scene.takeBack(change);
    expect(back.state, back.says).toBe('succeeded');
    expect(await marks(scene, namespace, field)).toEqual(before);
  };
}

/** By which a workload or a controller finds its own. */
const kept: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web'));
  const asked = async (key: string): Promise<unknown> =>
    await scene.agent.propose([
      request('label-object', ['Deployment', namespace, 'web'], { labels: { [key]: 'other' } }),
    ]);
  await expect(asked('app')).rejects.toMatchObject({
    code: 'change.refused',
    message: expect.stringContaining('selector'),
  });
  await expect(asked('app.kubernetes.io/managed-by')).rejects.toMatchObject({
    code: 'change.refused',
    message: expect.stringContaining('is kept by'),
  });
};

/** A pod that wants a node with a label that none has, and gets one when a node is given it. */
const roomMade: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web', { pod: { nodeSelector: { 'example.com/$NS': 'disk' } } }));
  const worker = await scene.hand.must([
    'get',
    'nodes',
    '-l',
    '!node-role.kubernetes.io/control-plane',
    '-o',
    'jsonpath={.items[0].metadata.name}',
  ]);
  const { cause } = await causeIn(scene, namespace, 'pod.unschedulable.node-selector');
  const change = await scene.carryOut(
    [request('label-object', ['Node', '', worker], { labels: { [`example.com/${namespace}`]: 'disk' } })],
    cause,
  );
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect((await scene.read('Deployment', namespace, 'web'))?.status['readyReplicas']).toBe(1);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
};

/** What makes volumes here reads from the claim which kind of volume to make, and knows none of that name. */
const volumeMade: Walk = async (scene) => {
  const namespace = await scene.namespace(
    claim('data', 'standard', { volumeType: 'nfs' }),
    deployment('db', mounting('data')),
  );
  const { cause } = await causeIn(scene, namespace, 'storage.provisioning.failed', 240);
  const change = await scene.carryOut(
    [
      request('annotate-object', ['PersistentVolumeClaim', namespace, 'data'], {
        annotations: { volumeType: 'local' },
      }),
    ],
    cause,
  );
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  await comesTrue(
    'the program has its volume',
    async () => (await scene.read('Deployment', namespace, 'db'))?.status['readyReplicas'] === 1,
  );
};

export const markWalks: Readonly<Record<string, Walk>> = {
  'label-object: labels are set, and set back': marked('label-object', 'labels', { team: 'blue', tier: 'front' }),
  'label-object: what a selector names and what a tool keeps stays': kept,
  'label-object: a pod that no node matches gets its place when a node has the label': roomMade,
  'annotate-object: annotations are set, and set back': marked('annotate-object', 'annotations', {
    'example.com/owner': 'ben',
    'example.com/room': '4',
  }),
  'annotate-object: a volume that its provisioner refuses for an annotation is made when that is right': volumeMade,
};
