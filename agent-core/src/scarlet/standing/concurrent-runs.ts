import type { Manifest } from '@autodevops/domain/change/operation';
import { nameList } from '../../reading/name-list.ts';
import type { Live } from '../action.ts';
import { fieldAt } from '../patches/field-patch.ts';
import { refuse } from '../refusal.ts';
import { ownedBy } from '../targets/controller.ts';
import { manifestName } from '../targets/manifest-name.ts';
import { endingOf } from './job-run.ts';

/**
 * Runs of a CronJob that have not ended. Refused where there are some and it lets no two go on at the same time: its
 * controller keeps to that only with runs that it starts itself
 * (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy).
 */
export async function runsBeside(cronJob: Manifest, live: Live): Promise<readonly Manifest[]> {
  const own = await ownedBy(cronJob, { apiVersion: 'batch/v1', kind: 'Job' }, live);
  const active = own.filter((job) => endingOf(job) === undefined);
  if (active.length > 0 && (fieldAt(cronJob, ['spec', 'concurrencyPolicy']) ?? 'Allow') !== 'Allow') {
    return refuse(
      `${manifestName(cronJob)} lets no two runs go on at the same time, and ${nameList(active.map((job) => job.metadata.name))} has not ended.`,
      'Wait until it has ended.',
    );
  }
  return active;
}
