import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import { Alert } from '@autodevops/domain/signal';
import type { Series } from '@autodevops/domain/signal';
import { listAt, recordAt, textAt } from './objects/record-fields.ts';

const mostAlerts = 10_000;
const mostSeries = 20_000;
/** Prometheus itself answers with at most 11,000 points in a series. */
const mostPoints = 11_000;

/** An alert in the form of Alertmanager's API v2, however it was kept; undefined for one that does not fire yet. */
function inOneForm(raw: RawRecord): unknown {
  if (textAt(raw, 'activeAt') !== '') {
    // Prometheus' own API.
    return textAt(raw, 'state') === 'firing'
      ? { ...raw, startsAt: raw['activeAt'], status: { state: 'active' } }
      : undefined;
  }
  const told = textAt(raw, 'status');
  if (told === '') return raw;
  // A notification says in one word whether it fires; while it does, its end is the year 1.
  const { endsAt, ...rest } = raw;
  return { ...rest, status: { state: 'active' }, ...(told === 'firing' ? {} : { endsAt }) };
}

/**
 * What may be an alert in an answer of Alertmanager (a list, groups, or v1's `{data: [...]}`), in a notification of it
 * (`{alerts: [...]}`), or in an answer of Prometheus about alerts or rules.
 */
function alertsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return (value as unknown[]).flatMap((item) =>
      isRecord(item) && Array.isArray(item['alerts']) ? listAt(item, 'alerts') : [item],
    );
  }
  if (!isRecord(value)) return [];
  if (Array.isArray(value['data'])) return alertsIn(value['data']);
  if (Array.isArray(value['alerts'])) return listAt(value, 'alerts');
  const data = recordAt(value, 'data');
  const rules = listAt(data, 'groups')
    .filter(isRecord)
    .flatMap((group) => listAt(group, 'rules').filter(isRecord));
  return [...listAt(data, 'alerts'), ...rules.flatMap((rule) => listAt(rule, 'alerts'))];
}

/** The alerts of a file, at most as many as anybody can look at. */
export function readAlerts(value: unknown): readonly Alert[] {
  const alerts: Alert[] = [];
  for (const item of alertsIn(value).slice(0, mostAlerts)) {
    const read = Alert.safeParse(isRecord(item) ? inOneForm(item) : item);
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
  return Object.fromEntries(
    Object.entries(recordAt(raw, 'metric')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function seriesOf(raw: RawRecord, query: string): Series {
  const values = raw['value'] === undefined ? listAt(raw, 'values') : [raw['value']];
  const points = values.slice(-mostPoints).map(point);
  return { query, labels: labels(raw), points: points.filter((p): p is readonly [number, number] => p !== undefined) };
}

/**
 * The series of a Prometheus `query_range` answer (or `query`, as one point each), of a list of such answers, or of the
 * bare list that stands in one. `name` is the query where the answer does not say it.
 */
export function readSeries(value: unknown, name: string): readonly Series[] {
  if (Array.isArray(value)) {
    const records = value.filter(isRecord);
    if (isRecord(records[0]?.['metric'])) return readSeries({ result: records }, name);
    return records.flatMap((answer) => readSeries(answer, name)).slice(0, mostSeries);
  }
  if (!isRecord(value)) return [];
  const data = isRecord(value['data']) ? value['data'] : value;
  const query = textAt(value, 'query') || name;
  return listAt(data, 'result')
    .slice(0, mostSeries)
    .filter(isRecord)
    .map((raw) => seriesOf(raw, query))
    .filter((series) => series.points.length > 0);
}
