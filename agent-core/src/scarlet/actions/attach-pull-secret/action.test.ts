import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  cronJob,
  cronJobName,
  container,
  deployment,
  deploymentName,
  named,
  object,
  template,
} from '../../testing/objects.ts';

const registry = object(named('v1', 'Secret', 'registry'), {
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': 'e30=' },
});
const asked = { action: 'attach-pull-secret', target: deploymentName, params: { secret: 'registry' } };
const at = ['spec', 'template', 'spec', 'imagePullSecrets'];

function withSecrets(...names: readonly string[]) {
  const own = template([container()]);
  return deployment({
    spec: {
      template: { ...own, spec: { ...(own['spec'] as object), imagePullSecrets: names.map((name) => ({ name })) } },
    },
  });
}

describe('attach-pull-secret', () => {
  it('names the secret in the template, and takes it off again', async () => {
    const scene = actionScene(deployment(), registry);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Attach the pull secret "registry" to the pods of Deployment shop/web.');
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual([{ name: 'registry' }]);
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), at)).toBeUndefined();
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('adds it to those that are there', async () => {
    const scene = actionScene(withSecrets('other'), registry);
    const planned = await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual([{ name: 'other' }, { name: 'registry' }]);
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual([{ name: 'other' }]);
  });

  it("has succeeded after the rollout; a CronJob's next run has it", async () => {
    const scene = actionScene(deployment(), registry, cronJob());
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    const job = await scene.carryOut({ ...asked, target: cronJobName });
    expect((await scene.verify(job)).state).toBe('succeeded');
  });

  it('says which secrets of the ServiceAccount the pods lose by it', async () => {
    const account = object(named('v1', 'ServiceAccount', 'default'), { imagePullSecrets: [{ name: 'mirror' }] });
    expect((await actionScene(deployment(), registry, account).plan(asked)).draft.notes).toContain(
      'Its pods no longer get mirror from their ServiceAccount: that is only for pods that name no pull secret.',
    );
    expect((await actionScene(withSecrets('other'), registry, account).plan(asked)).draft.notes).toHaveLength(1);
  });

  it('refuses a secret that pods get by their ServiceAccount', async () => {
    const account = object(named('v1', 'ServiceAccount', 'default'), { imagePullSecrets: [{ name: 'registry' }] });
    expect(await actionScene(deployment(), registry, account).refusal(asked)).toBe(
      'New pods get the pull secret "registry" by their ServiceAccount already.',
    );
  });

  it.each([
    ['one that is not there', [deployment()], 'There is no Secret shop/registry.'],
    [
      'one of another type',
      [deployment(), { ...registry, type: 'Opaque' }],
      'Secret shop/registry is of type Opaque, not kubernetes.io/dockerconfigjson.',
    ],
    [
      'one that is named already',
      [withSecrets('registry'), registry],
      'Deployment shop/web names the pull secret "registry" already.',
    ],
    [
      'one for a paused rollout',
      [deployment({ spec: { paused: true } }), registry],
      'The rollout of Deployment shop/web is paused: a change of its template would not take effect.',
    ],
  ])('refuses %s', async (_name, objects, sentence) => {
    expect(await actionScene(...objects).refusal(asked)).toBe(sentence);
  });
});
