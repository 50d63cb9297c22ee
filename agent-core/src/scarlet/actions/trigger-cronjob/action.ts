import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { ownedBy } from '../../targets/controller.ts';
import { deleteCreated } from '../../patches/delete-created.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { runsBeside } from '../../standing/concurrent-runs.ts';
import { carriedOver, freeName, newestFirst, runStanding } from '../../standing/job-run.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { missingOfTemplate } from '../../standing/missing-configuration.ts';
import { countText, inThreeTenses } from '../../sentences.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

const jobKind = { apiVersion: 'batch/v1', kind: 'Job' };
/** As `kubectl create job --from` marks a run that nobody scheduled. */
const annotation = 'cronjob.kubernetes.io/instantiate';

function runOf(cronJob: Manifest, name: string): Manifest {
  const { labels, annotations } = carriedOver(fieldAt(cronJob, ['spec', 'jobTemplate', 'metadata']));
  const { name: owner } = cronJob.metadata;
  return {
    ...jobKind,
    metadata: {
      name,
      namespace: cronJob.metadata.namespace ?? '',
      labels,
      annotations: { ...annotations, [annotation]: 'manual' },
      ownerReferences: [
        {
          apiVersion: cronJob.apiVersion,
          kind: cronJob.kind,
          name: owner,
          uid: cronJob.metadata['uid'],
          controller: true,
        },
      ],
    },
    spec: structuredClone(fieldAt(cronJob, ['spec', 'jobTemplate', 'spec']) ?? {}),
  };
}

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const cronJob = await liveTarget(target, live);
  const name = refText(target);
  const active = await runsBeside(cronJob, live);
  const all = await live.cluster.list({ ...jobKind, namespace: target.namespace }, { signal: live.signal });
  const run = runOf(cronJob, freeName(target.name, 'manual', all));
  const missing = await missingOfTemplate(fieldAt(run, ['spec', 'template']), target.namespace, live);
  return {
    sentences: inThreeTenses(['Run', 'Running', 'Ran'], `${name} now, as Job ${run.metadata.name}`),
    operations: [{ verb: 'create', object: run }],
    undo: { operations: [deleteCreated(run)], why: 'Ends the run and deletes it; what it did meanwhile stays done.' },
    touches: [],
    notes: [
      ...(active.length === 0
        ? []
        : [
            `${countText(active.length, 'run')} of it ${active.length === 1 ? 'has' : 'have'} not ended: they go on at the same time.`,
          ]),
      ...(fieldAt(cronJob, ['spec', 'suspend']) === true ? ['It is suspended, and stays so after this run.'] : []),
      ...(missing.length === 0 ? [] : [`Its pods cannot start: ${nameList(missing)} is missing.`]),
    ],
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const own = await ownedBy(await liveTarget(target, live), jobKind, live);
  const [run] = newestFirst(own.filter((job) => fieldAt(job, ['metadata', 'annotations', annotation]) === 'manual'));
  return run === undefined
    ? { state: 'failed', says: `The run of ${refText(target)} is gone.` }
    : runStanding(run, live);
}

export const triggerCronJob = action<Params>({
  name: 'trigger-cronjob',
  title: 'Run a CronJob now',
  kinds: ['CronJob'],
  params: Params,
  risk: 'medium',
  patience: 900,
  plan,
  verify,
});
