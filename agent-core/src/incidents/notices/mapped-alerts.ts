import type { AlertMapping, WantedText } from '@autodevops/domain/incident/alert-mapping';
import type { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import type { Digest } from '../../changes/simulating/digest.ts';
import { alertGroup } from './alert-group.ts';
import type { AlertGroup, ForeignAlert } from './alert-group.ts';
import { valueAt } from './json-pointer.ts';
import { incidentSeverityOf } from './severity.ts';

/** More alerts of one document are counted, not read. */
const mostRead = 5000;
const longest = 20_000;

/** Of texts, numbers and truth values alone: a list or an object says nothing by itself. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, longest);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function wanted(document: unknown, place: WantedText | undefined): string {
  if (place === undefined) return '';
  return typeof place === 'string' ? textOf(valueAt(document, place)) : place.value;
}

/** Seconds and milliseconds since 1970 are told apart by their size: the year 5138 is far. */
function timeText(text: string): string {
  if (!/^\d{9,14}(\.\d+)?$/.test(text)) return text;
  const number = Number(text);
  return new Date(number < 100_000_000_000 ? number * 1000 : number).toISOString();
}

function severityOf(alert: unknown, severity: AlertMapping['severity']): IncidentSeverity {
  if (severity === undefined) return 'sev3';
  const word = textOf(valueAt(alert, severity.at));
  if (Object.hasOwn(severity.is, word)) return severity.is[word] ?? severity.otherwise;
  return incidentSeverityOf(word) ?? severity.otherwise;
}

function stateOf(alert: unknown, status: AlertMapping['status']): ForeignAlert['state'] {
  return status?.resolved.includes(textOf(valueAt(alert, status.at))) === true ? 'resolved' : 'firing';
}

function alertFrom(
  alert: unknown,
  source: string,
  { fingerprint, name, status, severity, summary, startsAt, endsAt, labels }: AlertMapping,
  digest: Digest,
): ForeignAlert {
  const named = wanted(alert, name);
  const texts = Object.entries(labels)
    .map(([label, place]): [string, string] => [label, wanted(alert, place)])
    .filter(([, text]) => text !== '');
  const own =
    wanted(alert, fingerprint) ||
    digest(JSON.stringify([named, ...texts.toSorted(([a], [b]) => (a < b ? -1 : 1))])).slice(0, 16);
  return {
    fingerprint: `${source} ${own}`,
    name: named,
    state: stateOf(alert, status),
    severity: severityOf(alert, severity),
    startsAt: timeText(wanted(alert, startsAt)),
    endsAt: timeText(wanted(alert, endsAt)),
    summary: wanted(alert, summary),
    labels: Object.fromEntries(texts),
  };
}

/**
 * A document of any sender, as a mapping of the configuration reads it. `source` is the sender's name there. A document
 * without anything at the place of its alerts has none.
 */
export function mappedGroup(document: unknown, source: string, mapping: AlertMapping, digest: Digest): AlertGroup {
  const found = valueAt(document, mapping.alerts);
  const all: readonly unknown[] = Array.isArray(found) ? found : found === undefined || found === null ? [] : [found];
  const alerts = all.slice(0, mostRead).map((alert) => alertFrom(alert, source, mapping, digest));
  const group = wanted(document, mapping.groupKey) || (alerts[0]?.fingerprint ?? '');
  return alertGroup({ groupKey: `${source} ${group}`, alerts, left: all.length - alerts.length }, digest);
}
