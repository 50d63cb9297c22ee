import type { Severity } from '@autodevops/domain/diagnosis';
import type { Alert } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { alertSeverity, isByDesign } from './alert-severity.ts';

/** An alert that fires now, and that somebody is to be told of. */
export interface ActiveAlert {
  readonly alert: Alert;
  readonly severity: Severity;
}

function isActive({ status: { state }, endsAt }: Alert, now: number): boolean {
  if (state !== 'active' && state !== 'firing') return false;
  const ends = Date.parse(endsAt);
  // An end in the year 1 means that none is known.
  return Number.isNaN(ends) || ends <= 0 || ends > now;
}

/** In the order of the snapshot; without those that fire by design, and those that nobody is to be told of. */
export function activeAlerts({ alerts, now }: Snapshot): readonly ActiveAlert[] {
  return alerts.flatMap((alert) => {
    const severity = alertSeverity(alert.labels);
    return severity === 'none' || isByDesign(alert.labels) || !isActive(alert, now) ? [] : [{ alert, severity }];
  });
}
