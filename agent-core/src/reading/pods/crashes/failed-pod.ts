import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { Job } from '@autodevops/domain/kubernetes/workload';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { customNamed } from '../../platform/custom-objects.ts';
import { failedRun } from '../../platform/failed-run.ts';
import { seriesOf } from '../../workloads/job-series.ts';
import { controllerOf } from '../../workloads/owner.ts';
import { perLook } from '../../per-look.ts';
import { conditionOf, isTerminating } from '../pod-status.ts';
import { ageOf } from '../../recency.ts';
import { unsettledPods } from '../unsettled-pods.ts';

const day = 24 * 60 * 60_000;

function endedAt(pod: Pod): string {
  const ends = pod.status.containerStatuses.map((s) => s.state.terminated?.finishedAt ?? '');
  return ends.toSorted().at(-1) || (pod.metadata.creationTimestamp ?? '');
}

/** Per series, when its newest job that completed was made. */
function successes(snapshot: Snapshot): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const job of snapshot.list('Job')) {
    if (!isComplete(job)) continue;
    const series = seriesOf(snapshot, job);
    const made = job.metadata.creationTimestamp ?? '';
    if (made > (newest.get(series) ?? '')) newest.set(series, made);
  }
  return newest;
}

function isComplete(job: Job): boolean {
  return conditionOf(job.status.conditions, 'Complete')?.status === 'True' || job.status.completionTime !== undefined;
}

/** The first failure of a job whose next try runs is what retries are for. */
function isRetrying(job: Job): boolean {
  return (job.status.failed ?? 0) < 2 && (job.status.active ?? 0) > 0;
}

function jobStillFails(snapshot: Snapshot, job: Job, succeeded: ReadonlyMap<string, string>): boolean {
  if (isComplete(job) || isRetrying(job) || job.spec.suspend === true || job.metadata.deletionTimestamp !== undefined) {
    return false;
  }
  const later = succeeded.get(seriesOf(snapshot, job)) ?? '';
  return later <= (job.metadata.creationTimestamp ?? '');
}

/** Pods that the node, the scheduler or a deadline ended: what their containers said does not explain it. */
const endedFromOutside = new Set([
  'Evicted',
  'NodeLost',
  'NodeShutdown',
  'Shutdown',
  'Terminated',
  'Preempting',
  'DeadlineExceeded',
  'NodeAffinity',
  'UnexpectedAdmissionError',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfpods',
]);

function mayMatter(snapshot: Snapshot, pod: Pod): boolean {
  if (pod.status.phase !== 'Failed' || isTerminating(pod)) return false;
  if (endedFromOutside.has(pod.status.reason ?? '')) return false;
  return (ageOf(snapshot, endedAt(pod)) ?? 0) < day;
}

/** Its operator has given up as well: no other pod comes in its place. */
function hasFailedFor(snapshot: Snapshot, { apiVersion, kind, namespace, name }: ObjectRef): boolean {
  const group = groupOf(apiVersion);
  const object = group.includes('.') ? customNamed(snapshot, { group, kind, namespace, name }) : undefined;
  return object !== undefined && failedRun(snapshot, object) !== undefined;
}

function find(snapshot: Snapshot): readonly Pod[] {
  const ofJob = new Map<string, Pod>();
  const alone: Pod[] = [];
  const succeeded = successes(snapshot);
  for (const pod of unsettledPods(snapshot)) {
    if (!mayMatter(snapshot, pod)) continue;
    const owner = controllerOf(pod);
    if (owner === undefined) alone.push(pod);
    if (owner !== undefined && hasFailedFor(snapshot, owner)) alone.push(pod);
    if (owner?.kind !== 'Job') continue;
    const job = snapshot.get('Job', owner.namespace, owner.name);
    if (job !== undefined && !jobStillFails(snapshot, job, succeeded)) continue;
    const key = `${owner.namespace}/${owner.name}`;
    const held = ofJob.get(key);
    if (held === undefined || endedAt(held) < endedAt(pod)) ofJob.set(key, pod);
  }
  return [...alone, ...ofJob.values()];
}

/**
 * Failed pods that still matter: those without an owner, those of a run that its operator has given up, and, of each job that has not come right since, the newest.
 * Ended within a day. Pods of other controllers have been replaced; evicted ones are the node's story.
 */
export const failedPods: (snapshot: Snapshot) => readonly Pod[] = perLook(find);
