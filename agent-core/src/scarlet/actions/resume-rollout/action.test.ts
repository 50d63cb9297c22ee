import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { deployment, deploymentName, pod } from '../../testing/objects.ts';

const asked = { action: 'resume-rollout', target: deploymentName };
const paused = { spec: { paused: true } };
const pods = ['web-1', 'web-2', 'web-3'].map((name) => pod(name));

describe('resume-rollout', () => {
  it('lets a rollout go on, and says how many pods will be replaced', async () => {
    const scene = actionScene(deployment({ ...paused, status: { updatedReplicas: 1 } }), ...pods);
    const { draft } = await scene.plan(asked);
    expect(draft.notes).toEqual(['The template changed while it was paused: 2 pods will be replaced.']);
    expect(draft.touches).toHaveLength(3);
    await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'paused'])).toBeUndefined();
  });

  it('touches no pod when the template did not change', async () => {
    const { draft } = await actionScene(deployment(paused), ...pods).plan(asked);
    expect(draft).toMatchObject({ touches: [], atOnce: 0, notes: [] });
  });

  it('refuses what is not paused', async () => {
    expect(await actionScene(deployment()).refusal(asked)).toBe('The rollout of Deployment shop/web is not paused.');
  });

  it('waits for the rollout, and fails when it was paused again', async () => {
    const scene = actionScene(deployment(paused));
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('is taken back by pausing', async () => {
    const scene = actionScene(deployment(paused));
    await scene.undo(await scene.carryOut(asked));
    expect((await scene.get(deploymentName))['spec']).toEqual(deployment(paused)['spec']);
  });
});
