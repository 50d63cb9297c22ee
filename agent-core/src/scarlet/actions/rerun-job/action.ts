import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { controllerOf, remakerOf } from '../../targets/controller.ts';
import { deleteCreated } from '../../patches/delete-created.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { runsBeside } from '../../standing/concurrent-runs.ts';
import { carriedOver, endingOf, freeName, newestFirst, runStanding, specForNewRun } from '../../standing/job-run.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { missingOfTemplate } from '../../standing/missing-configuration.ts';
import { nameList } from '../../../reading/name-list.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({
  afterSuccess: z.boolean().optional().describe('also when it is complete: its work is done a second time'),
});
type Params = z.infer<typeof Params>;

/** uid of the Job that this one repeats. */
const annotation = 'autodevops.dev/rerun-of';

async function jobsBeside(target: ObjectRef, live: Live): Promise<readonly Manifest[]> {
  return await live.cluster.list(
    { apiVersion: 'batch/v1', kind: 'Job', namespace: target.namespace },
    { signal: live.signal },
  );
}

/** The CronJob whose run it is. What names an owner that is gone is cleaned up as soon as it is made. */
async function cronJobOf(job: Manifest, live: Live): Promise<Manifest | undefined> {
  const owner = await remakerOf(job, live);
  return owner?.kind === 'CronJob' ? await live.cluster.get(owner, { signal: live.signal }) : undefined;
}

/** A CronJob's run stays one of its runs, so that its history limits clean it up. */
function newRun(job: Manifest, name: string, cronJob: Manifest | undefined): Manifest {
  const { labels, annotations } = carriedOver(job.metadata);
  const owners =
    cronJob === undefined
      ? {}
      : {
          ownerReferences: [
            {
              apiVersion: cronJob.apiVersion,
              kind: cronJob.kind,
              name: cronJob.metadata.name,
              uid: cronJob.metadata['uid'],
              controller: true,
            },
          ],
        };
  const manual = cronJob === undefined ? {} : { 'cronjob.kubernetes.io/instantiate': 'manual' };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: job.metadata.namespace ?? '',
      labels,
      annotations: { ...annotations, ...manual, [annotation]: String(job.metadata['uid']) },
      ...owners,
    },
    spec: specForNewRun(job),
  };
}

async function plan({ target, params: { afterSuccess = false } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const job = await liveTarget(target, live);
  const name = refText(target);
  const ending = endingOf(job);
  if (ending === undefined) {
    return refuse(
      `${name} has not finished: a second run beside it would do the same work twice.`,
      'Wait until it has ended.',
    );
  }
  if (ending === 'complete' && !afterSuccess) {
    return refuse(
      `${name} is complete: running it again does its work a second time.`,
      'Say afterSuccess if that is meant.',
    );
  }
  const owner = controllerOf(job);
  if (owner !== undefined && owner.kind !== 'CronJob') {
    return refuse(
      `${name} belongs to ${refText(owner)}, which decides about its runs.`,
      `Ask for the change of ${refText(owner)}.`,
    );
  }
  const jobs = await jobsBeside(target, live);
  const active = jobs.find(
    (other) =>
      fieldAt(other, ['metadata', 'annotations', annotation]) === job.metadata['uid'] && endingOf(other) === undefined,
  );
  if (active !== undefined) {
    return refuse(`${name} is being run again already, as ${active.metadata.name}.`, 'Wait until that has ended.');
  }
  const cronJob = await cronJobOf(job, live);
  if (cronJob !== undefined) await runsBeside(cronJob, live);
  const run = newRun(job, freeName(target.name.replace(/-rerun-\d+$/, ''), 'rerun', jobs), cronJob);
  const missing = await missingOfTemplate(fieldAt(run, ['spec', 'template']), target.namespace, live);
  return {
    sentences: inThreeTenses(['Run', 'Running', 'Ran'], `${name} again, as Job ${run.metadata.name}`),
    operations: [{ verb: 'create', object: run }],
    undo: {
      operations: [deleteCreated(run)],
      why: 'Ends the new run and deletes it; what it did meanwhile stays done.',
    },
    touches: [],
    notes: [
      `The ${ending === 'failed' ? 'failed' : 'complete'} run is kept.`,
      ...(missing.length === 0 ? [] : [`Its pods cannot start: ${nameList(missing)} is missing.`]),
    ],
    ...(ending === 'complete' ? { risk: 'high' as const } : {}),
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const [run] = newestFirst(
    (await jobsBeside(target, live)).filter(
      (job) => fieldAt(job, ['metadata', 'annotations', annotation]) === target.uid,
    ),
  );
  return run === undefined
    ? { state: 'failed', says: `The new run of ${refText(target)} is gone.` }
    : runStanding(run, live);
}

export const rerunJob = action<Params>({
  name: 'rerun-job',
  title: 'Run a Job again',
  kinds: ['Job'],
  params: Params,
  risk: 'medium',
  patience: 900,
  plan,
  verify,
});
