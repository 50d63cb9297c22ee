import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { cronJobName, job, named, ownedBy } from '../../testing/objects.ts';

const asked = { action: 'delete-finished-job', target: named('batch/v1', 'Job', 'import') };

describe('delete-finished-job', () => {
  it('deletes a failed Job with its pods', async () => {
    const scene = actionScene(job('import', { ended: 'Failed' }));
    const { planned, draft } = await scene.plan(asked);
    expect(planned.sentences.will).toBe('Delete Job shop/import, which has failed, with its pods and their logs.');
    expect(planned.operations).toMatchObject([
      { verb: 'delete', target: { uid: 'uid-import' }, propagation: 'Background' },
    ]);
    expect(planned.undo).toEqual({
      operations: [],
      why: 'A deleted Job cannot be brought back; making it anew would run it again.',
    });
    expect(draft.notes).toEqual(['The logs of its pods are lost.']);
    expect(await scene.verify(planned)).toEqual({ state: 'waiting', says: 'Job shop/import is still there.' });
    await scene.send(planned.operations);
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Job shop/import is gone.' });
  });

  it("says that a run is missing from its CronJob's history", async () => {
    const { draft } = await actionScene(job('import', { ended: 'Complete', metadata: ownedBy(cronJobName) })).plan(
      asked,
    );
    expect(draft.notes).toContain('It is missing from the history of CronJob shop/report then.');
  });

  it('refuses a Job that has not finished', async () => {
    expect(await actionScene(job('import', { status: { active: 1 } })).refusal(asked)).toBe(
      'Job shop/import has not finished.',
    );
  });

  it('refuses a Job that something else than a CronJob owns', async () => {
    const owned = job('import', {
      ended: 'Failed',
      metadata: ownedBy(named('argoproj.io/v1alpha1', 'Workflow', 'nightly')),
    });
    expect(await actionScene(owned).refusal(asked)).toBe(
      'Job shop/import belongs to Workflow shop/nightly, which may make it anew and run it again.',
    );
  });
});
