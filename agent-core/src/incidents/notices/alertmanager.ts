import type { AlertmanagerPayload } from '@autodevops/domain/incident/alertmanager-payload';
import type { Digest } from '../../changes/simulating/digest.ts';
import { alertSeverity, isByDesign } from '../../reading/measures/alert-severity.ts';
import { alertGroup } from './alert-group.ts';
import type { AlertGroup, ForeignAlert } from './alert-group.ts';
import { severityOfAlert } from './severity.ts';

/** What Alertmanager's notice and those that are made like it have in common. */
export type PrometheusNotice = Pick<AlertmanagerPayload, 'groupKey' | 'alerts' | 'truncatedAlerts'>;

/** A summary that is a sentence is followed by the next one. */
function joined(summary: string, more: string): string {
  if (summary === '' || more === '') return `${summary}${more}`;
  return `${summary}${/[.!?:]$/.test(summary) ? ' ' : ' - '}${more}`;
}

function alertFrom({
  status,
  labels,
  annotations,
  startsAt,
  endsAt,
  fingerprint,
}: PrometheusNotice['alerts'][number]): ForeignAlert {
  const { summary, description, message } = annotations;
  return {
    fingerprint,
    startsAt,
    endsAt,
    labels,
    name: labels['alertname'] ?? '',
    state: status,
    severity: severityOfAlert(labels),
    summary: joined(summary ?? '', description ?? message ?? ''),
  };
}

/**
 * A notice as an incident takes it. The alert called `heartbeat` says that monitoring lives and is no part of any
 * incident, nor is what fires by design or is for nobody (`severity="none"`).
 */
export function alertGroupFrom(
  { groupKey, alerts, truncatedAlerts }: PrometheusNotice,
  heartbeat: string,
  digest: Digest,
): AlertGroup {
  const beats = alerts.filter(({ labels }) => labels['alertname'] === heartbeat);
  const wanted = alerts.filter(
    ({ labels }) => labels['alertname'] !== heartbeat && !isByDesign(labels) && alertSeverity(labels) !== 'none',
  );
  return alertGroup(
    {
      groupKey,
      left: truncatedAlerts,
      alerts: wanted.map(alertFrom),
      heartbeat: beats.length === 0 ? undefined : beats.some(({ status }) => status === 'firing'),
    },
    digest,
  );
}
