import type { Job } from '@autodevops/domain/kubernetes/workload';
import { pushTo } from '@autodevops/domain/push-to';
import { imageReference } from '../images/image-reference.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { conditionOf } from '../pods/pod-status.ts';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** `shop/migrate` of `migrate-42`; empty where no number ends the name. */
function workOf({ metadata: { namespace, name } }: Job): string {
  const at = name.lastIndexOf('-');
  return at > 0 && /^\d{1,7}$/.test(name.slice(at + 1)) ? `${namespace}/${name.slice(0, at)}` : '';
}

const completed = perSnapshot((snapshot) => {
  const index = new Map<string, Job[]>();
  for (const job of snapshot.list('Job')) {
    const work = workOf(job);
    if (work !== '' && conditionOf(job.status.conditions, 'Complete')?.status === 'True') pushTo(index, work, job);
  }
  return index;
});

function imageOf(job: Job): ReturnType<typeof imageReference> {
  return imageReference(job.spec.template.spec.containers[0]?.image ?? '');
}

/**
 * The run of a later release has done what this one was to do: the names differ in a number only, and the images in the
 * tag only. Of one tag, numbers name other work.
 */
export function doneByLaterRelease(snapshot: Snapshot, job: Job): boolean {
  const own = imageOf(job);
  return (completed(snapshot).get(workOf(job)) ?? []).some((other) => {
    const its = imageOf(other);
    const isLater = (other.metadata.creationTimestamp ?? '') > (job.metadata.creationTimestamp ?? '');
    return isLater && its.registry === own.registry && its.repository === own.repository && its.tag !== own.tag;
  });
}
