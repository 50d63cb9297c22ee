import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Live } from '../../action.ts';
import { actionScene, actionSceneWith } from '../../testing/action-scene.ts';
import type { ActionScene } from '../../testing/action-scene.ts';
import {
  container,
  cronJob,
  cronJobName,
  deployment,
  deploymentName,
  node,
  pod,
  podName,
} from '../../testing/objects.ts';

const worker = node('dev-worker', { spec: { providerID: 'kind://docker/dev/dev-worker' } });
const asked = { action: 'load-image-into-kind', target: deploymentName, params: { image: 'shop/web:2' } };

/** Nodes of the cluster "dev" with the images that are in the list. */
function holding(images: readonly string[]): NonNullable<Live['images']> {
  return { has: async (cluster, image) => await Promise.resolve(cluster === 'dev' && images.includes(image)) };
}
function sceneOf(...objects: readonly Manifest[]): ActionScene {
  return actionSceneWith({ images: holding([]) }, ...objects);
}

describe('load-image-into-kind', () => {
  it('loads it into the cluster that the nodes name', async () => {
    const { planned } = await sceneOf(deployment(), worker).plan(asked);
    expect(planned).toMatchObject({
      sentences: { will: 'Load image shop/web:2 from this machine into every node of the Kind cluster dev.' },
      operations: [{ verb: 'load-image', cluster: 'dev', image: 'shop/web:2' }],
      undo: { operations: [], why: 'The image may stay: only pods that name it use it.' },
      risk: 'low',
    });
  });

  it('has succeeded when every node has it', async () => {
    const images: string[] = [];
    const scene = actionSceneWith({ images: holding(images) }, deployment(), worker);
    const { planned } = await scene.plan(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    images.push('shop/web:2');
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Every node of the Kind cluster dev has shop/web:2.',
    });
    expect(await scene.refusal(asked)).toBe('Every node of the Kind cluster dev has shop/web:2 already.');
  });

  it('takes the name as the pod writes it, of a CronJob and of a bare pod too', async () => {
    const other = { ...asked, params: { image: 'docker.io/shop/web:2' } };
    for (const [target, object] of [
      [cronJobName, cronJob()],
      [podName('one'), pod('one')],
    ] as const) {
      expect((await sceneOf(object, worker).plan({ ...other, target })).planned.operations).toMatchObject([
        { image: 'shop/web:2' },
      ]);
    }
  });

  it.each([
    [
      'an image that no container asks for',
      [deployment({ containers: [container({ image: 'shop/api:1' })] }), worker],
      'No container of Deployment shop/web asks for shop/web:2.',
    ],
    [
      'a container that always pulls',
      [deployment({ containers: [container({ imagePullPolicy: 'Always' })] }), worker],
      'Container "app" of Deployment shop/web always pulls its image: one that is loaded would not be looked at.',
    ],
    [
      'another cluster than Kind',
      [deployment(), node('n1', { spec: { providerID: 'aws:///eu/i-1' } })],
      'The nodes are not those of one Kind cluster: images come from a registry here.',
    ],
    [
      'nodes of two clusters',
      [deployment(), worker, node('n1', { spec: { providerID: 'kind://docker/other/n1' } })],
      'The nodes are not those of one Kind cluster: images come from a registry here.',
    ],
  ])('refuses %s', async (_name, objects, sentence) => {
    expect(await sceneOf(...objects).refusal(asked)).toBe(sentence);
  });

  it('refuses a tag that is pulled always by default, and a digest', async () => {
    const latest = { ...asked, params: { image: 'shop/web' } };
    expect(
      await sceneOf(deployment({ containers: [container({ image: 'shop/web' })] }), worker).refusal(latest),
    ).toContain('always pulls its image');
    const image = `shop/web@sha256:${'a'.repeat(64)}`;
    expect(
      await sceneOf(deployment({ containers: [container({ image })] }), worker).refusal({
        ...asked,
        params: { image },
      }),
    ).toContain('is named by its digest');
  });

  it('refuses without an engine, and a name that is an option', async () => {
    expect(await actionScene(deployment(), worker).refusal(asked)).toBe(
      'This agent has no container engine to load images from.',
    );
    expect(await sceneOf(deployment(), worker).refusal({ ...asked, params: { image: '--all' } })).toContain(
      'not an image reference',
    );
  });
});
