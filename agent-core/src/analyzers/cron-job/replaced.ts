import type { Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import type { CronJob, Job } from '@autodevops/domain/kubernetes/workload';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import { replaced } from './codes.ts';

const most = 3;

/** A run that failed is no run that was cut off: its Job is kept and has a story of its own. */
function hasFailed(snapshot: Snapshot, cron: CronJob): boolean {
  return snapshot
    .ownedBy(cron.metadata.uid)
    .some(
      (owned) =>
        owned.kind === 'Job' &&
        (owned.object as Job).status.conditions.some((c) => c.type === 'Failed' && c.status === 'True'),
    );
}

/** With Replace each start deletes the run before: of runs that take longer than the interval none ever ends. */
export function checkReplaced(
  snapshot: Snapshot,
  cron: CronJob,
  runs: { readonly active: readonly Job[]; readonly missed: number },
): readonly Finding[] {
  if (
    cron.spec.concurrencyPolicy !== 'Replace' ||
    runs.active.length === 0 ||
    runs.missed < most ||
    hasFailed(snapshot, cron)
  ) {
    return [];
  }
  const ref = refTo('CronJob', cron);
  const succeeded = cron.status.lastSuccessfulTime;
  const event = newestEvents(snapshot, ref, 'SuccessfulDelete')[0];
  const ago = ageOf(snapshot, succeeded);
  const times = runs.missed >= 100 ? '100 times and more' : `${runs.missed} times`;
  return [
    finding(replaced, {
      object: ref,
      confidence: event === undefined ? 'medium' : 'high',
      cause: `${refText(ref)} has been started ${times} since ${ago === undefined ? 'it was made' : `its last success ${formatDuration(ago)} ago`}, and no run ended: each is deleted when the next is due (concurrencyPolicy Replace).`,
      since: succeeded ?? cron.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.concurrencyPolicy', 'Replace'),
        fromSpec(ref, 'spec.schedule', cron.spec.schedule),
        fromStatus(ref, 'status.lastSuccessfulTime', succeeded ?? 'never', succeeded ?? ''),
        ...(event === undefined ? [] : [fromEvent(event)]),
      ],
    }),
  ];
}
