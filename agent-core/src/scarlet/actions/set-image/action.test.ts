import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  container,
  cronJob,
  cronJobName,
  deployment,
  deploymentName,
  job,
  node,
  ownedBy,
  replicaSet,
} from '../../testing/objects.ts';

const asked = { action: 'set-image', target: deploymentName, params: { container: 'app', image: 'shop/web:1' } };
const older = replicaSet('web-old', 6, {
  containers: [container({ image: 'docker.io/shop/web:1' }), container({ name: 'proxy', image: 'shop/proxy:1' })],
});
const imageAt = ['spec', 'template', 'spec', 'containers', 0, 'image'];

describe('set-image', () => {
  it('sets an image that the container had before, however it is written', async () => {
    const scene = actionScene(
      deployment(),
      older,
      node('worker-1', { status: { images: [{ names: ['docker.io/shop/web:1'] }] } }),
    );
    const { planned, draft } = await scene.plan(asked);
    expect(planned).toMatchObject({
      risk: 'medium',
      sentences: { will: 'Set the image of container "app" of Deployment shop/web from shop/web:2 to shop/web:1.' },
    });
    expect(draft.notes).toEqual(['The image is on nodes of this cluster.']);
    await scene.send(planned.operations);
    expect(fieldAt(await scene.get(deploymentName), imageAt)).toBe('shop/web:1');
  });

  it('refuses an image that it never had, also when another container had it', async () => {
    const scene = actionScene(deployment(), older);
    await expect(scene.plan({ ...asked, params: { container: 'app', image: 'shop/proxy:1' } })).rejects.toMatchObject({
      message: 'Container "app" never had the image shop/proxy:1, as far as its history is kept.',
      remedy: expect.stringMatching(/^It had docker\.io\/shop\/web:1\. /),
    });
  });

  it('takes a new image from a person, as a high risk', async () => {
    const given = { ...asked, params: { container: 'app', image: 'shop/web:3', givenBy: 'person' } };
    const { planned, draft } = await actionScene(deployment(), older).plan({ ...given, from: 'person' });
    expect(planned.risk).toBe('high');
    expect(draft.notes).toEqual(['No node lists the image: whether the registry has it is not known.']);
  });

  it.each(['automation', 'agent', undefined] as const)("does not take the word of %s for a person's", async (from) => {
    const given = {
      ...asked,
      params: { container: 'app', image: 'shop/web:3', givenBy: 'person' },
      ...(from === undefined ? {} : { from }),
    };
    expect(await actionScene(deployment(), older).refusal(given)).toBe(
      'An image that the workload never had has to come from a person.',
    );
  });

  it('says that a tag moves, and that the repository is another', async () => {
    const { draft } = await actionScene(deployment()).plan({
      ...asked,
      params: { container: 'app', image: 'other.example:5000/shop/web', givenBy: 'person' },
      from: 'person',
    });
    expect(draft.notes.slice(1)).toEqual([
      'The tag latest may mean another image tomorrow.',
      'It is of another repository than docker.io/shop/web.',
    ]);
  });

  it('refuses the present image in other words, and what is no image', async () => {
    expect(
      await actionScene(deployment(), older).refusal({
        ...asked,
        params: { container: 'app', image: 'docker.io/shop/web:2' },
      }),
    ).toContain('has the image shop/web:2 already');
    for (const image of ['', 'shop/web:1 --privileged', 'https://example.com/web', 'shop/web@sha256:abc', '../web']) {
      expect(
        await actionScene(deployment(), older).refusal({ ...asked, params: { container: 'app', image } }),
      ).toContain('not an image reference');
    }
  });

  it('knows the history of a CronJob by its Jobs', async () => {
    const past = job('report-1', {
      ended: 'Complete',
      containers: [container({ image: 'shop/web:1' })],
      metadata: ownedBy(cronJobName),
    });
    const scene = actionScene(cronJob(), past);
    const planned = await scene.carryOut({ ...asked, target: cronJobName });
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });

  it('has succeeded after the rollout, and failed when something put the image back', async () => {
    const scene = actionScene(deployment(), older);
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), imageAt)).toBe('shop/web:2');
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
