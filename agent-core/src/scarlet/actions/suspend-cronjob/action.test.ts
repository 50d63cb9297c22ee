import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { cronJob, cronJobName } from '../../testing/objects.ts';

const asked = { action: 'suspend-cronjob', target: cronJobName };

describe('suspend-cronjob', () => {
  it('suspends, and says that a run goes on', async () => {
    const scene = actionScene(cronJob({ status: { active: [{ name: 'report-1' }] } }));
    expect((await scene.plan(asked)).draft.notes).toEqual(['1 run that has begun goes on.']);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.done).toBe('Suspended CronJob shop/report, so that no new runs begin.');
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'CronJob shop/report is suspended.' });
  });

  it('refuses what is suspended already', async () => {
    expect(await actionScene(cronJob({ spec: { suspend: true } })).refusal(asked)).toBe(
      'CronJob shop/report is suspended already.',
    );
  });

  it('is taken back, and has then failed', async () => {
    const scene = actionScene(cronJob());
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.get(cronJobName))['spec']).toEqual(cronJob()['spec']);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
