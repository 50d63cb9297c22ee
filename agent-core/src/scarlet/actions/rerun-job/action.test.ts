import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { container, cronJob, cronJobName, job, named, ownedBy } from '../../testing/objects.ts';

const jobName = (name: string) => named('batch/v1', 'Job', name);
const asked = { action: 'rerun-job', target: jobName('import') };
const failed = job('import', { ended: 'Failed' });

describe('rerun-job', () => {
  it('makes a new Job from the old one, without what ties it to the old pods', async () => {
    const scene = actionScene(failed);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.done).toBe('Ran Job shop/import again, as Job import-rerun-1.');
    const run = await scene.get(jobName('import-rerun-1'));
    expect(run.metadata).toMatchObject({
      labels: { app: 'import' },
      annotations: { 'autodevops.dev/rerun-of': 'uid-import' },
    });
    expect(planned.operations).toMatchObject([
      { verb: 'create', object: { spec: { backoffLimit: 2, template: { metadata: { labels: { app: 'import' } } } } } },
    ]);
    const [create] = planned.operations;
    expect(fieldAt(create, ['object', 'spec', 'selector'])).toBeUndefined();
    expect(Object.keys(fieldAt(create, ['object', 'metadata', 'labels']) as object)).toEqual(['app']);
    expect(Object.keys(fieldAt(create, ['object', 'spec', 'template', 'metadata', 'labels']) as object)).toEqual([
      'app',
    ]);
    await scene.get(asked.target);
  });

  it('takes the next free number, also for the run of a run', async () => {
    const scene = actionScene(failed, job('import-rerun-1', { ended: 'Failed' }));
    expect((await scene.plan(asked)).planned.operations).toMatchObject([
      { object: { metadata: { name: 'import-rerun-2' } } },
    ]);
    expect((await scene.plan({ ...asked, target: jobName('import-rerun-1') })).planned.operations).toMatchObject([
      { object: { metadata: { name: 'import-rerun-2' } } },
    ]);
  });

  it('keeps a name within what a label holds', async () => {
    const long = 'a'.repeat(60);
    const { planned } = await actionScene(job(long, { ended: 'Failed' })).plan({ ...asked, target: jobName(long) });
    expect(planned.operations).toMatchObject([
      { object: { metadata: { name: `${'a'.repeat(63 - '-rerun-1'.length)}-rerun-1` } } },
    ]);
  });

  it('leaves a run of a CronJob one of its runs', async () => {
    const scene = actionScene(
      cronJob(),
      job('import', {
        ended: 'Failed',
        metadata: {
          ...ownedBy(cronJobName),
          annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T03:00:00Z' },
        },
      }),
    );
    await scene.carryOut(asked);
    const { metadata } = await scene.get(jobName('import-rerun-1'));
    expect(metadata).toMatchObject({
      ownerReferences: [{ kind: 'CronJob', uid: 'uid-report', controller: true }],
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
    });
    expect(metadata['annotations']).not.toHaveProperty(['batch.kubernetes.io/cronjob-scheduled-timestamp']);
  });

  const ofCronJob = job('import', { ended: 'Failed', metadata: ownedBy(cronJobName) });

  it('makes a run without an owner where its CronJob is gone: it would be cleaned up at once', async () => {
    const scene = actionScene(ofCronJob);
    await scene.carryOut(asked);
    expect((await scene.get(jobName('import-rerun-1'))).metadata).not.toHaveProperty('ownerReferences');
  });

  it('is no way round a CronJob that lets no two runs go on at the same time', async () => {
    const active = job('report-1', { metadata: ownedBy(cronJobName) });
    for (const concurrencyPolicy of ['Forbid', 'Replace']) {
      expect(await actionScene(cronJob({ spec: { concurrencyPolicy } }), active, ofCronJob).refusal(asked)).toBe(
        'CronJob shop/report lets no two runs go on at the same time, and report-1 has not ended.',
      );
    }
    await actionScene(cronJob(), active, ofCronJob).plan(asked);
  });

  it('says that its pods cannot start without a Secret that is gone', async () => {
    const needing = job('import', {
      ended: 'Failed',
      containers: [container({ envFrom: [{ secretRef: { name: 'login' } }] })],
    });
    expect((await actionScene(needing).plan(asked)).draft.notes).toEqual([
      'The failed run is kept.',
      'Its pods cannot start: Secret shop/login is missing.',
    ]);
  });

  it('refuses a Job that has not finished, and one that is being run again', async () => {
    expect(await actionScene(job('import')).refusal(asked)).toBe(
      'Job shop/import has not finished: a second run beside it would do the same work twice.',
    );
    const active = job('import-rerun-1', { metadata: { annotations: { 'autodevops.dev/rerun-of': 'uid-import' } } });
    expect(await actionScene(failed, active).refusal(asked)).toBe(
      'Job shop/import is being run again already, as import-rerun-1.',
    );
  });

  it('refuses a complete Job, unless a second time is meant', async () => {
    const scene = actionScene(job('import', { ended: 'Complete' }));
    expect(await scene.refusal(asked)).toBe(
      'Job shop/import is complete: running it again does its work a second time.',
    );
    expect((await scene.plan({ ...asked, params: { afterSuccess: true } })).planned.risk).toBe('high');
  });

  it('refuses a Job that something else decides about', async () => {
    expect(
      await actionScene(
        job('import', { ended: 'Failed', metadata: ownedBy(named('argoproj.io/v1alpha1', 'Workflow', 'nightly')) }),
      ).refusal(asked),
    ).toContain('belongs to Workflow shop/nightly');
  });

  it('follows the new run: waiting, failed, complete, gone', async () => {
    const scene = actionScene(failed);
    const planned = await scene.carryOut(asked);
    const run = jobName('import-rerun-1');
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Job shop/import-rerun-1 has 0 active pods, 0 ready, 0 failed.',
    });
    await scene.alter(run, {
      status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Job shop/import-rerun-1 failed: BackoffLimitExceeded.',
    });
    await scene.alter(run, { status: { conditions: [{ type: 'Complete', status: 'True' }] } });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    scene.cluster.remove(run);
    expect(await scene.verify(planned)).toEqual({ state: 'failed', says: 'The new run of Job shop/import is gone.' });
  });

  it('does not wait for a long run to end, once it runs steadily', async () => {
    const scene = actionScene(failed);
    const planned = await scene.carryOut(asked);
    const status = { active: 1, ready: 1, startTime: '2026-01-01T11:59:30Z' };
    await scene.alter(jobName('import-rerun-1'), { status });
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(jobName('import-rerun-1'), { status: { ...status, startTime: '2026-01-01T11:58:00Z' } });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Job shop/import-rerun-1 has been running for 120 seconds and has not failed.',
    });
    await scene.alter(jobName('import-rerun-1'), {
      status: { ...status, startTime: '2026-01-01T11:58:00Z', failed: 1 },
    });
    expect((await scene.verify(planned)).state).toBe('waiting');
  });

  it('is taken back by deleting the new run, and only that', async () => {
    const scene = actionScene(failed);
    await scene.undo(await scene.carryOut(asked));
    expect(
      scene.cluster
        .all()
        .filter((object) => object.kind === 'Job')
        .map((object) => object.metadata.name),
    ).toEqual(['import']);
  });
});
