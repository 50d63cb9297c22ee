import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { container, cronJob, cronJobName, job, named, ownedBy } from '../../testing/objects.ts';

const asked = { action: 'trigger-cronjob', target: cronJobName };
const run = named('batch/v1', 'Job', 'report-manual-1');
const active = job('report-1', { metadata: ownedBy(cronJobName) });

describe('trigger-cronjob', () => {
  it('makes a Job of the CronJob, marked as kubectl marks it', async () => {
    const scene = actionScene(cronJob());
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Run CronJob shop/report now, as Job report-manual-1.');
    expect(await scene.get(run)).toMatchObject({
      metadata: {
        labels: { app: 'report' },
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', uid: 'uid-report', controller: true },
        ],
      },
      spec: { template: { spec: { containers: [container()] } } },
    });
  });

  it('takes a name that is free', async () => {
    const { planned } = await actionScene(cronJob(), job('report-manual-1', { ended: 'Complete' })).plan(asked);
    expect(planned.operations).toMatchObject([{ object: { metadata: { name: 'report-manual-2' } } }]);
  });

  it('says that it is suspended, and that another run goes on', async () => {
    const { draft } = await actionScene(cronJob({ spec: { suspend: true } }), active).plan(asked);
    expect(draft.notes).toEqual([
      '1 run of it has not ended: they go on at the same time.',
      'It is suspended, and stays so after this run.',
    ]);
  });

  it.each(['Forbid', 'Replace'])('refuses a second run at the same time under %s', async (concurrencyPolicy) => {
    expect(await actionScene(cronJob({ spec: { concurrencyPolicy } }), active).refusal(asked)).toBe(
      'CronJob shop/report lets no two runs go on at the same time, and report-1 has not ended.',
    );
  });

  it('follows the newest run that was started by hand', async () => {
    const earlier = job('report-manual-0', {
      ended: 'Failed',
      metadata: {
        ...ownedBy(cronJobName),
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        creationTimestamp: '2026-01-01T10:00:00Z',
      },
    });
    const scene = actionScene(cronJob(), earlier);
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(run, { status: { conditions: [{ type: 'Complete', status: 'True' }] } });
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Job shop/report-manual-1 is complete.' });
    await scene.alter(run, { status: { conditions: [{ type: 'Failed', status: 'True' }] } });
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Job shop/report-manual-1 failed: no reason given.',
    });
  });

  it('is taken back by deleting the run', async () => {
    const scene = actionScene(cronJob());
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect(scene.cluster.all().map((object) => object.kind)).toEqual(['CronJob']);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
