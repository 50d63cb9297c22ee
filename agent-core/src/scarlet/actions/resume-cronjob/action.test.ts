import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { cronJob, cronJobName } from '../../testing/objects.ts';

const asked = { action: 'resume-cronjob', target: cronJobName };
const suspended = { suspend: true };

describe('resume-cronjob', () => {
  it('resumes, and says that a missed run begins at once', async () => {
    const scene = actionScene(cronJob({ spec: suspended }));
    expect((await scene.plan(asked)).draft.notes).toEqual([
      'It has no startingDeadlineSeconds: a run that was missed meanwhile begins at once.',
    ]);
    const planned = await scene.carryOut(asked);
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'CronJob shop/report is not suspended.' });
  });

  it('says how far back a missed run counts', async () => {
    const { draft } = await actionScene(cronJob({ spec: { ...suspended, startingDeadlineSeconds: 300 } })).plan(asked);
    expect(draft.notes).toEqual(['A run that was missed in the last 300 seconds begins at once.']);
  });

  it('refuses what is not suspended', async () => {
    expect(await actionScene(cronJob()).refusal(asked)).toBe('CronJob shop/report is not suspended.');
  });

  it('is taken back, and has then failed', async () => {
    const scene = actionScene(cronJob({ spec: suspended }));
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.get(cronJobName))['spec']).toEqual(cronJob({ spec: suspended })['spec']);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
