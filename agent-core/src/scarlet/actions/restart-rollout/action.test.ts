import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  cronJob,
  cronJobName,
  daemonSet,
  daemonSetName,
  deployment,
  deploymentName,
  pod,
  statefulSet,
  statefulSetName,
} from '../../testing/objects.ts';

const asked = { action: 'restart-rollout', target: deploymentName };
const count = ['spec', 'template', 'metadata', 'annotations', 'autodevops.dev/restarts'];

describe('restart-rollout', () => {
  it('counts one up in the template and says what it does', async () => {
    const scene = actionScene(deployment(), pod('web-1'), pod('web-2'), pod('web-3'));
    const { planned, draft } = await scene.plan(asked);
    expect(planned.sentences.will).toBe(
      'Restart the pods of Deployment shop/web, a few at a time as its update strategy says.',
    );
    expect(planned.request.target.uid).toBe('uid-web');
    expect(draft.touches).toHaveLength(3);
    expect(draft.atOnce).toBe(0);
    await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), count)).toBe('1');
    await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), count)).toBe('2');
  });

  it('gives the same plan for the same cluster', async () => {
    const scene = actionScene(deployment());
    const [first, second] = [await scene.plan(asked), await scene.plan(asked)];
    expect(second.planned).toEqual(first.planned);
  });

  it.each([
    [
      'without replicas',
      { spec: { replicas: 0 } },
      'Deployment shop/web has no replicas: there is nothing to restart.',
    ],
    [
      'that is paused',
      { spec: { paused: true } },
      'The rollout of Deployment shop/web is paused: a change of its template would not take effect.',
    ],
    [
      'that is being deleted',
      { metadata: { deletionTimestamp: '2026-01-01T11:00:00Z', finalizers: ['shop/wait'] } },
      'Deployment shop/web is being deleted.',
    ],
  ])('refuses a Deployment %s', async (_name, parts, sentence) => {
    expect(await actionScene(deployment(parts)).refusal(asked)).toBe(sentence);
  });

  it('refuses one that replaces its pods by hand only', async () => {
    const scene = actionScene(daemonSet({ spec: { updateStrategy: { type: 'OnDelete' } } }));
    expect(await scene.refusal({ ...asked, target: daemonSetName })).toContain(
      'only when somebody deletes them (updateStrategy OnDelete)',
    );
  });

  it('refuses what has no rollout', async () => {
    expect(await actionScene(cronJob()).refusal({ ...asked, target: cronJobName })).toBe(
      'restart-rollout cannot be done to a CronJob.',
    );
  });

  it('refuses an object that was made anew since it was seen', async () => {
    expect(
      await actionScene(deployment()).refusal({ ...asked, target: { ...deploymentName, uid: 'uid-before' } }),
    ).toContain('was deleted and made anew');
  });

  it('says that an only replica is away, and that a rollout is not finished', async () => {
    const scene = actionScene(
      statefulSet({ spec: { replicas: 1 }, status: { replicas: 1, readyReplicas: 0, updatedReplicas: 1 } }),
    );
    const { draft } = await scene.plan({ ...asked, target: statefulSetName });
    expect(draft.notes).toEqual([
      'Its only replica is away while it restarts.',
      'A rollout is not finished: 1 of 1 replicas of StatefulSet shop/db are updated, 0 are available.',
    ]);
  });

  it('waits for the controller, then for the pods, and fails at the deadline', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Deployment shop/web has not been looked at by its controller yet.',
    });
    const seen = { observedGeneration: 4, replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3 };
    await scene.alter(deploymentName, { status: seen });
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { ...seen, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] },
    });
    expect((await scene.verify(planned)).state).toBe('failed');
    await scene.alter(deploymentName, { status: { ...seen, replicas: 3, updatedReplicas: 3 } });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'All 3 replicas of Deployment shop/web are updated and available.',
    });
  });

  it('fails when the target goes, or something takes the restart back', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.verify(planned)).says).toContain('something put it back');
    scene.cluster.remove(deploymentName);
    expect(await scene.verify(planned)).toEqual({ state: 'failed', says: 'Deployment shop/web does not exist.' });
  });

  it('is taken back to the template as it was', async () => {
    const scene = actionScene(deployment());
    const before = (await scene.get(deploymentName))['spec'];
    await scene.undo(await scene.carryOut(asked));
    expect((await scene.get(deploymentName))['spec']).toEqual(before);
  });
});
