import type { Incident, IncidentState } from '@autodevops/domain/incident/incident';
import type { IncidentSeverity } from '@autodevops/domain/incident/incident-event';

export const stateMarks: Readonly<Record<IncidentState, string>> = {
  open: '🔴',
  investigating: '🔴',
  mitigating: '🟠',
  monitoring: '🟡',
  resolved: '✅',
  reviewed: '✅',
  merged: '➖',
};

export const stateWords: Readonly<Record<IncidentState, string>> = {
  open: 'Open',
  investigating: 'Investigating',
  mitigating: 'Mitigating',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  reviewed: 'Reviewed',
  merged: 'Part of another incident',
};

export const severityWords: Readonly<Record<IncidentSeverity, string>> = {
  sev1: 'SEV1',
  sev2: 'SEV2',
  sev3: 'SEV3',
  sev4: 'SEV4',
};

export function firingAlerts({ alerts }: Pick<Incident, 'alerts'>): Incident['alerts'] {
  return alerts.filter(({ state }) => state === 'firing');
}

/** Causes that are still seen. */
export function presentCauses({ causes, goneCauses }: Pick<Incident, 'causes' | 'goneCauses'>): Incident['causes'] {
  return causes.filter(({ key }) => !goneCauses.includes(key));
}
