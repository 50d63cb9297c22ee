import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import { deployment, deploymentName, node, nodeName, service, serviceName } from '../../testing/objects.ts';

const web = deployment({ metadata: { labels: { team: 'red', tier: 'front' } } });
function asked(labels: Readonly<Record<string, Json>>, target = deploymentName): Asked {
  return { action: 'label-object', target, params: { labels }, from: 'person' };
}

describe('label-object', () => {
  it('sets, adds and removes labels, and puts them back', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ team: 'blue', 'example.com/cost': 'low', tier: null }));
    expect(planned.sentences.will).toBe(
      'Set labels of Deployment shop/web: example.com/cost=low, team=blue, tier removed.',
    );
    expect((await scene.get(deploymentName)).metadata['labels']).toEqual({ team: 'blue', 'example.com/cost': 'low' });
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Deployment shop/web has the labels.' });
    await scene.undo(planned);
    expect((await scene.get(deploymentName)).metadata['labels']).toEqual({ team: 'red', tier: 'front' });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('adds the first labels at once, and removes them together', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked({ a: '1', b: '2' }));
    expect((await scene.get(deploymentName)).metadata['labels']).toEqual({ a: '1', b: '2' });
    await scene.undo(planned);
    expect((await scene.get(deploymentName)).metadata['labels']).toBeUndefined();
  });

  it('lets a node have a new label, and refuses to change one that it has', async () => {
    const worker = node('worker-1', { metadata: { labels: { disk: 'ssd' } } });
    const scene = actionScene(worker);
    expect(await scene.refusal(asked({ disk: 'hdd' }, nodeName('worker-1')))).toBe(
      'Node worker-1 has a label disk: pods and volumes may be on it because of that.',
    );
    expect((await scene.plan(asked({ zone: 'a' }, nodeName('worker-1')))).draft.notes).toEqual([]);
  });

  it.each([
    ['what is so already', { team: 'red' }, 'The labels of Deployment shop/web are so already.'],
    ['a label of the selector', { app: 'api' }, 'The selector of Deployment shop/web names app.'],
    [
      'a label by which a tool knows its own',
      { 'app.kubernetes.io/instance': 'web' },
      'app.kubernetes.io/instance is kept by Kubernetes or by a tool, which acts on it.',
    ],
    [
      'a label that admission acts on',
      { 'pod-security.kubernetes.io/enforce': 'privileged' },
      'pod-security.kubernetes.io/enforce is kept by Kubernetes or by a tool, which acts on it.',
    ],
    [
      "a controller's own",
      { 'pod-template-hash': 'abc' },
      'pod-template-hash is kept by Kubernetes or by a tool, which acts on it.',
    ],
    [
      'our own',
      { 'autodevops.dev/change': 'chg-1' },
      'autodevops.dev/change is kept by Kubernetes or by a tool, which acts on it.',
    ],
  ])('refuses %s', async (_name, labels, sentence) => {
    expect(await actionScene(web).refusal(asked(labels))).toBe(sentence);
  });

  it('refuses the selector of a Service, what no person asks for, and what is no label', async () => {
    expect(await actionScene(service()).refusal(asked({ app: 'x' }, serviceName))).toBe(
      'The selector of Service shop/web names app.',
    );
    expect(await actionScene(web).refusal({ ...asked({ team: 'blue' }), from: 'automation' })).toBe(
      'What labels say has to come from a person.',
    );
    for (const labels of [{}, { 'a b': 'c' }, { a: 'b c' }, { a: 'x'.repeat(64) }]) {
      expect(await actionScene(web).refusal(asked(labels))).toContain('is not right');
    }
  });

  it('lets people use the recommended labels', async () => {
    expect(
      (await actionScene(web).plan(asked({ 'app.kubernetes.io/part-of': 'shop' }))).planned.operations,
    ).toHaveLength(1);
  });
});
