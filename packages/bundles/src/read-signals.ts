import { Alert } from '@autodevops/domain/signal';
import type { Series } from '@autodevops/domain/signal';
import { isRecord, listAt, recordAt, textAt } from './objects/raw-record.ts';
import type { RawRecord } from './objects/raw-record.ts';

const mostAlerts = 10_000;
const mostSeries = 20_000;
/** Prometheus itself answers with at most 11,000 points in a series. */
const mostPoints = 11_000;

/** An alert as Prometheus' own API gives it, in Alertmanager's form; undefined for one that does not fire yet. */
function fromPrometheus(raw: RawRecord): unknown {
  if (textAt(raw, 'activeAt') === '') return raw;
  return textAt(raw, 'state') === 'firing' ? { ...raw, startsAt: raw['activeAt'], status: { state: 'active' } } : undefined;
}

/** The alerts of an Alertmanager answer (a list, or v1's `{data: [...]}`) or a Prometheus one (`{data: {alerts: [...]}}`). */
export function readAlerts(value: unknown): readonly Alert[] {
  const body = isRecord(value) ? value : {};
  const list = Array.isArray(value) ? (value as unknown[]) : Array.isArray(body['data']) ? listAt(body, 'data') : listAt(recordAt(body, 'data'), 'alerts');
  const alerts: Alert[] = [];
  for (const item of list.slice(0, mostAlerts)) {
    const read = Alert.safeParse(isRecord(item) ? fromPrometheus(item) : item);
    if (read.success) alerts.push(read.data);
  }
  return alerts;
}

function point(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const time = Number(value[0]);
  if (!Number.isFinite(time)) return undefined;
  const number = Number(value[1]);
  return [time, Number.isFinite(number) ? number : Number.NaN];
}

function labels(raw: RawRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(recordAt(raw, 'metric')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * The series of a Prometheus `query_range` answer (or `query`, as one point each). `name` is the query where the answer
 * does not say it.
 */
export function readSeries(value: unknown, name: string): readonly Series[] {
  if (!isRecord(value)) return [];
  const data = isRecord(value['data']) ? value['data'] : value;
  const query = textAt(value, 'query') || name;
  return listAt(data, 'result')
    .slice(0, mostSeries)
    .filter(isRecord)
    .map((raw) => {
      const values = raw['value'] === undefined ? listAt(raw, 'values') : [raw['value']];
      const points = values.slice(-mostPoints).map(point);
      return { query, labels: labels(raw), points: points.filter((p): p is readonly [number, number] => p !== undefined) };
    })
    .filter((series) => series.points.length > 0);
}
