import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Job } from '@autodevops/domain/kubernetes/workload';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { said } from '../../reading/said.ts';

/** With OnFailure the kubelet starts the container again in its pod, which is deleted when the Job gives up. */
function restartsInPlace({ spec }: Job): boolean {
  return spec.template.spec.restartPolicy === 'OnFailure';
}

/** What failed how often: attempts, a container within its pod, or single indexes of the work. */
export function attemptsText(job: Job): string {
  const { failed = 0, failedIndexes = '' } = job.status;
  const { backoffLimit, backoffLimitPerIndex, completions } = job.spec;
  if (failedIndexes !== '') {
    return `of its ${completions ?? 'many'} indexes ${failedIndexes} ended with an error (backoffLimitPerIndex ${backoffLimitPerIndex ?? 0}), the others are not concerned`;
  }
  const limit = `ended with an error (backoffLimit ${backoffLimit ?? 6})`;
  if (restartsInPlace(job)) return `its container, which was started again and again in its pod, ${limit}`;
  return `${failed === 0 ? 'its attempts' : failed === 1 ? 'its only attempt' : `all ${failed} attempts`} ${limit}`;
}

/** The scheduler's last word on a pod of the Job that is deleted by now and never had a node. */
export function neverPlaced(snapshot: Snapshot, { metadata, spec }: Job): ClusterEvent | undefined {
  const ofJob = snapshot
    .listIn('Event', metadata.namespace)
    .filter(
      ({ object, last }) =>
        object.kind === 'Pod' &&
        object.name.startsWith(`${metadata.name}-`) &&
        (last ?? '') >= (metadata.creationTimestamp ?? ''),
    );
  if (
    spec.completionMode === 'Indexed' ||
    ofJob.some(({ reason }) => reason === 'Scheduled' || reason === 'Pulled' || reason === 'Started')
  ) {
    return undefined;
  }
  return ofJob
    .filter(({ reason }) => reason === 'FailedScheduling')
    .toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? ''))[0];
}

/** Why the deadline passed, as far as it is known. */
export function deadlineText(job: Job, unplaced: ClusterEvent | undefined, quoted: string): string {
  const { activeDeadlineSeconds: limit } = job.spec;
  const bound = limit === undefined ? 'its deadline' : `${limit} s (activeDeadlineSeconds)`;
  if (unplaced !== undefined) {
    return `${refText(refTo('Job', job))} reached its deadline${limit === undefined ? '' : ` of ${limit} s`} without having run: its pod was never placed on a node (${said(unplaced.message, 200)}).`;
  }
  return `${refText(refTo('Job', job))} was ended because it ran longer than ${bound}${quoted}.`;
}

export const placeFirst =
  'Let its pod find a node first: compare what the Job demands (nodeSelector, affinity, tolerations, requests) with what nodes offer, then run it again.';

/** The pods are gone and their logs with them. */
export function withoutPods(job: Job): readonly string[] {
  const { name, namespace } = job.metadata;
  const again = restartsInPlace(job) ? ' with restartPolicy Never, which keeps the failed pods and their logs' : '';
  return [
    `Its pods are deleted, and their logs with them: look for pods named ${name}-… of namespace ${namespace} in your log store.`,
    `If nothing is there, run it once more${again}, and read how it ends.`,
  ];
}
