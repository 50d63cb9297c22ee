import type { Evidence } from '@autodevops/domain/diagnosis';
import type { StaleSource } from '../reading/pods/configuration/stale-environment.ts';
import { fromStatus } from './finding.ts';

/** When it was written. */
export function staleEvidence(stale: StaleSource | undefined): readonly Evidence[] {
  return stale === undefined
    ? []
    : [fromStatus(stale.object, 'metadata.managedFields[*].time', `written ${stale.time}`, stale.time)];
}

/** What to do about it, first of all. */
export function restartSteps(stale: StaleSource | undefined): readonly string[] {
  if (stale === undefined) return [];
  return [
    `Restart the workload: ${stale.object.kind} "${stale.object.name}" was changed after the container started, which still has the old values.`,
  ];
}
