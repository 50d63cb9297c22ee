import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { deployment, deploymentName, statefulSet, statefulSetName } from '../../testing/objects.ts';

const asked = { action: 'pause-rollout', target: deploymentName };

describe('pause-rollout', () => {
  it('pauses, and says where the rollout stops', async () => {
    const scene = actionScene(deployment({ status: { replicas: 4, updatedReplicas: 1 } }));
    const { planned, draft } = await scene.plan(asked);
    expect(planned.sentences.done).toBe('Paused the rollout of Deployment shop/web.');
    expect(draft.notes).toEqual([
      'It stops where it is: 1 of 3 replicas of Deployment shop/web are updated, 3 are available, 3 old ones still run.',
    ]);
    expect(draft.touches).toEqual([]);
    await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'paused'])).toBe(true);
  });

  it('says that later changes wait when nothing is under way', async () => {
    expect((await actionScene(deployment()).plan(asked)).draft.notes).toEqual([
      'Later changes of its template wait until it is resumed.',
    ]);
  });

  it('refuses what is paused already, and what cannot be paused', async () => {
    expect(await actionScene(deployment({ spec: { paused: true } })).refusal(asked)).toBe(
      'The rollout of Deployment shop/web is paused already.',
    );
    expect(await actionScene(statefulSet()).refusal({ ...asked, target: statefulSetName })).toBe(
      'pause-rollout cannot be done to a StatefulSet.',
    );
  });

  it('has succeeded when the controller has seen it, and failed when it was put back', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, { status: { observedGeneration: 4 } });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'The rollout of Deployment shop/web is paused.',
    });
    await scene.alter(deploymentName, { spec: deployment()['spec'] });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('is taken back by resuming', async () => {
    const scene = actionScene(deployment());
    await scene.undo(await scene.carryOut(asked));
    expect((await scene.get(deploymentName))['spec']).toEqual(deployment()['spec']);
  });
});
