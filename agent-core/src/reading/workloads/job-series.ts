import type { Job } from '@autodevops/domain/kubernetes/workload';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from './owner.ts';
import { perLook } from '../per-look.ts';

/** What the action rerun-job writes into the Job that it makes: the uid of the one that this repeats. */
const rerunOf = 'autodevops.dev/rerun-of';

const jobsByUid = perLook(
  (snapshot): ReadonlyMap<string, Job> => new Map(snapshot.list('Job').map((job) => [job.metadata.uid, job])),
);

/** The Job of the same namespace that this one repeats, however often; itself where it repeats none. */
function firstRun(snapshot: Snapshot, job: Job): Job {
  const passed = new Set<Job>();
  for (let run = job; ;) {
    const before = jobsByUid(snapshot).get(run.metadata.annotations[rerunOf] ?? '');
    if (before === undefined || before.metadata.namespace !== job.metadata.namespace || passed.has(before)) return run;
    passed.add(before);
    run = before;
  }
}

/** The last part of a name that only tells runs apart: a version with a dot, a time stamp, a hash. A plain number names other work. */
function isRunMark(part: string): boolean {
  if (/^v?\d{1,6}\.[\d.]{1,20}$/.test(part) || /^\d{8,20}$/.test(part)) return true;
  return /^[0-9a-f]{7,40}$/.test(part) && /\d/.test(part);
}

/**
 * Runs of the same work have the same series: Jobs of one CronJob, a Job and those that repeat it, else those whose
 * names differ in such a mark only.
 */
export function seriesOf(snapshot: Snapshot, job: Job): string {
  const first = firstRun(snapshot, job);
  const owner = controllerOf(first);
  const { namespace, name } = first.metadata;
  if (owner?.kind === 'CronJob') return `CronJob/${namespace}/${owner.name}`;
  const dash = name.lastIndexOf('-');
  return dash > 0 && isRunMark(name.slice(dash + 1))
    ? `Job/${namespace}/${name.slice(0, dash)}-`
    : `Job/${namespace}/${name}`;
}
