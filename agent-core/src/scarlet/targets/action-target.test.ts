import { describe, expect, it } from 'vitest';
import { actionScene } from '../testing/action-scene.ts';
import { deploymentName, named, nodeName, object } from '../testing/objects.ts';

const scene = actionScene(object(deploymentName, { spec: { replicas: 2 } }), object(nodeName('worker'), { spec: {} }));

describe('the target of an action', () => {
  it.each([
    [
      'a kind of a namespace without one',
      { ...deploymentName, namespace: '' },
      'Deployment web is named without its namespace.',
    ],
    [
      'a kind of another group',
      { ...deploymentName, apiVersion: 'v1' },
      'v1 has no Deployment that this action knows.',
    ],
  ])('is refused where it is %s', async (_name, target, sentence) => {
    expect(await scene.refusal({ action: 'restart-rollout', target })).toBe(sentence);
  });

  it('is refused where a kind of the whole cluster is named in a namespace', async () => {
    expect(await scene.refusal({ action: 'cordon', target: named('v1', 'Node', 'worker') })).toBe(
      'Node shop/worker has no namespace.',
    );
  });
});
