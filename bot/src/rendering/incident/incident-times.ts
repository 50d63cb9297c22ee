import { formatDuration } from '@autodevops/domain/duration';
import type { IncidentMetrics } from '@autodevops/domain/incident/incident';

const happened = [
  ['toAcknowledge', 'taken up'],
  ['toCause', 'cause known'],
  ['toMitigate', 'mitigated'],
  ['toResolve', 'resolved'],
] as const;

/** How long an incident took to come to where it is: "cause known at once", "resolved after 32 s". */
export function incidentTimes(metrics: IncidentMetrics): readonly string[] {
  return happened.flatMap(([name, what]) => {
    const seconds = metrics[name];
    if (seconds === undefined) return [];
    return [seconds === 0 ? `${what} at once` : `${what} after ${formatDuration(seconds * 1000)}`];
  });
}
