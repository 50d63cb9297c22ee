import type { AlertmanagerPayload } from '@autodevops/domain/incident/alertmanager-payload';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentAlert, IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import type { Digest } from '../changes/digest.ts';
import { alertSeverity, isByDesign } from '../reading/alert-severity.ts';
import { keptKey, keptText } from './kept-text.ts';
import { severityOfAlert } from './severity.ts';

/** One notice: a group of alerts as an incident takes them. */
export interface AlertGroup {
  readonly groupKey: string;
  readonly title: string;
  readonly severity: IncidentSeverity;
  readonly alerts: readonly IncidentAlert[];
  /** How many are not among them. */
  readonly left: number;
  /** Whether the heartbeat is among them: that it came (`true`), that it stopped (`false`). */
  readonly heartbeat: boolean | undefined;
}

/** In characters and in entries: of the labels of one alert. */
const mostLabels = 50;
const longestLabel = 300;

/** ISO 8601 in UTC; empty for what is no time, and for the year 1, by which Alertmanager says that it knows none. */
function timeFrom(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) || time <= 0 ? '' : new Date(time).toISOString();
}

function labelsFrom(labels: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(labels).slice(0, mostLabels);
  // The name of a label may say that its value is a secret.
  return Object.fromEntries(entries.map(([name, value]) => [keptText(name, 100), keptText(`${name}=${value}`, longestLabel + name.length + 1).slice(name.length + 1)]));
}

function alertFrom({ status, labels, annotations, startsAt, endsAt, fingerprint }: AlertmanagerPayload['alerts'][number], digest: Digest): IncidentAlert {
  const { summary, description, message } = annotations;
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    fingerprint: fingerprint === '' ? digest(JSON.stringify(sorted)).slice(0, 16) : keptKey(fingerprint, digest),
    name: keptText(labels['alertname'] ?? 'An alert without a name', incidentBounds.title),
    state: status,
    severity: severityOfAlert(labels),
    startsAt: timeFrom(startsAt),
    endsAt: status === 'resolved' ? timeFrom(endsAt) : '',
    summary: keptText([summary, description ?? message].filter((part) => part !== undefined && part !== '').join(' - ')),
    labels: labelsFrom(labels),
  };
}

function titleOf(alerts: readonly IncidentAlert[]): string {
  const names = [...new Set(alerts.map(({ name }) => name))];
  const [first] = alerts;
  if (first === undefined) return 'Alerts';
  const namespaces = [...new Set(alerts.map(({ labels }) => labels['namespace'] ?? ''))];
  const where = namespaces.length === 1 && namespaces[0] !== '' ? ` in ${namespaces[0] ?? ''}` : '';
  const what = names.length === 1 ? `${first.name}${alerts.length > 1 ? ` (${alerts.length} alerts)` : ''}` : `${first.name} and ${alerts.length - 1} more alerts`;
  return keptText(`${what}${where}`, incidentBounds.title);
}

/** The worst first; of equal ones those that fire. */
function worstFirst(a: IncidentAlert, b: IncidentAlert): number {
  return a.severity === b.severity ? Number(b.state === 'firing') - Number(a.state === 'firing') : a.severity < b.severity ? -1 : 1;
}

/**
 * A notice as an incident takes it. The alert called `heartbeat` says that monitoring lives and is no part of any
 * incident, nor is what fires by design or is for nobody (`severity="none"`).
 */
export function alertGroupFrom({ groupKey, alerts, truncatedAlerts }: AlertmanagerPayload, heartbeat: string, digest: Digest): AlertGroup {
  const beats = alerts.filter(({ labels }) => labels['alertname'] === heartbeat);
  const wanted = alerts.filter(({ labels }) => labels['alertname'] !== heartbeat && !isByDesign(labels) && alertSeverity(labels) !== 'none');
  const read = wanted.map((alert) => alertFrom(alert, digest)).toSorted(worstFirst);
  const kept = read.slice(0, incidentBounds.alerts);
  return {
    groupKey: keptKey(groupKey, digest),
    title: titleOf(kept),
    severity: kept[0]?.severity ?? 'sev3',
    alerts: kept,
    left: truncatedAlerts + read.length - kept.length,
    heartbeat: beats.length === 0 ? undefined : beats.some(({ status }) => status === 'firing'),
  };
}
