import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentAlert, IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import type { Digest } from '../../changes/simulating/digest.ts';
import { alertsTitle } from './alerts-title.ts';
import { keptKey, keptText } from '../kept-text.ts';

/** One notice, whoever sent it: a group of alerts as an incident takes them. */
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

/** An alert as its sender has it: foreign text, not cut and not redacted. */
export interface ForeignAlert {
  /** Tells alerts of one sender apart; empty: the labels do. */
  readonly fingerprint: string;
  readonly name: string;
  readonly state: IncidentAlert['state'];
  readonly severity: IncidentSeverity;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** In characters and in entries: of the labels of one alert. */
const mostLabels = 50;
const longestLabel = 300;

const isoDay = /^\d{4}-\d\d-\d\d/;
const withoutZone = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** ISO 8601 in UTC; empty for what is no time, and for the year 1, by which Alertmanager says that it knows none. */
function timeFrom(text: string): string {
  // Anything else is a guess: "-5" would be a month. Without a zone it is UTC, not where this machine happens to be.
  const time = isoDay.test(text) ? Date.parse(withoutZone.test(text) ? `${text}Z` : text) : Number.NaN;
  return Number.isNaN(time) || time <= 0 ? '' : new Date(time).toISOString();
}

function labelsFrom(labels: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(labels).slice(0, mostLabels);
  // The name of a label may say that its value is a secret.
  return Object.fromEntries(
    entries.map(([name, value]) => [
      keptText(name, 100),
      keptText(`${name}=${value}`, longestLabel + name.length + 1).slice(name.length + 1),
    ]),
  );
}

/** An alert as it is kept: without secrets, cut. */
export function keptAlert(
  { fingerprint, name, state, severity, startsAt, endsAt, summary, labels }: ForeignAlert,
  digest: Digest,
): IncidentAlert {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    fingerprint: fingerprint === '' ? digest(JSON.stringify(sorted)).slice(0, 16) : keptKey(fingerprint, digest),
    name: keptText(name, incidentBounds.title) || 'An alert without a name',
    state,
    severity,
    startsAt: timeFrom(startsAt),
    endsAt: state === 'resolved' ? timeFrom(endsAt) : '',
    summary: keptText(summary),
    labels: labelsFrom(labels),
  };
}

/** The worst first; of equal ones those that fire. */
function worstFirst(a: IncidentAlert, b: IncidentAlert): number {
  return a.severity === b.severity
    ? Number(b.state === 'firing') - Number(a.state === 'firing')
    : a.severity < b.severity
      ? -1
      : 1;
}

export interface ForeignGroup {
  /** What its sender groups its alerts by; the names of senders are in it, so that no two of them have one group. */
  readonly groupKey: string;
  readonly alerts: readonly ForeignAlert[];
  /** How many the sender left out. */
  readonly left: number;
  readonly heartbeat?: boolean | undefined;
}

/** A notice as an incident takes it: the worst alerts first, and no more than it can hold. */
export function alertGroup({ groupKey, alerts, left, heartbeat }: ForeignGroup, digest: Digest): AlertGroup {
  const read = alerts.map((alert) => keptAlert(alert, digest)).toSorted(worstFirst);
  const kept = read.slice(0, incidentBounds.alerts);
  return {
    groupKey: keptKey(groupKey, digest),
    title: alertsTitle(kept),
    severity: kept[0]?.severity ?? 'sev3',
    alerts: kept,
    left: left + read.length - kept.length,
    heartbeat,
  };
}
