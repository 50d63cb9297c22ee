import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../patches/field-patch.ts';

/**
 * How many pods a template change of this workload may take away at the same time, of `count` pods: what its update
 * strategy allows. Percentages round down for a Deployment and up for the others, as their controllers do
 * (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable).
 */
export function awayAtOnce(workload: Manifest, count: number): number {
  if (workload.kind === 'CronJob') return 0;
  if (workload.kind !== 'Deployment') {
    return Math.min(
      count,
      amount(fieldAt(workload, ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable']) ?? 1, count, Math.ceil),
    );
  }
  if (fieldAt(workload, ['spec', 'strategy', 'type']) === 'Recreate') return count;
  const limit = (field: string, round: (share: number) => number): number =>
    amount(fieldAt(workload, ['spec', 'strategy', 'rollingUpdate', field]) ?? '25%', count, round);
  // Where both would be none, nothing could move: the controller then takes one away.
  const away =
    limit('maxUnavailable', Math.floor) === 0 && limit('maxSurge', Math.ceil) === 0
      ? 1
      : limit('maxUnavailable', Math.floor);
  return Math.min(count, away);
}

/** A number, or a percentage of the pods; what is neither counts as all of them. */
function amount(limit: unknown, count: number, round: (share: number) => number): number {
  if (typeof limit === 'number') return limit;
  const percent = /^(\d{1,3})%$/.exec(String(limit))?.[1];
  return percent === undefined ? count : round((Number(percent) / 100) * count);
}
