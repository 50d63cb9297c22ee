import type { Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { formatBytes, formatCores } from '@autodevops/domain/quantity';
import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { median } from '../reading/measures/robust-statistics.ts';
import { rawPoints } from '../reading/measures/series-values.ts';
import { quote } from './finding.ts';
import { seriesText } from './metric-evidence.ts';
import { queriesFor } from './metric-queries.ts';
import type { MetricQuestion } from './questions/metric-question.ts';

const byQuery = new WeakMap<readonly Series[], ReadonlyMap<string, readonly Series[]>>();

/** Series by what was asked; built once for the causes of an answer. */
function seriesOf({ series }: Snapshot): ReadonlyMap<string, readonly Series[]> {
  let index = byQuery.get(series);
  if (index === undefined) byQuery.set(series, (index = Map.groupBy(series, ({ query }) => query)));
  return index;
}

const minute = 60_000;
/** What is compared: an hour before the beginning with half an hour after it. A cause is seen some minutes after it began. */
const before = 60 * minute;
const late = 5 * minute;
const after = 30 * minute;
const mostTold = 3;

interface Measured {
  readonly question: MetricQuestion;
  readonly series: Series;
  readonly from: number;
  readonly to: number;
  /** How many times what it was; a beginning from nothing counts as very many. */
  readonly factor: number;
}

function shown({ unit }: MetricQuestion, value: number): string {
  const short = String(Number(value.toPrecision(3)));
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'cores':
      return formatCores(value);
    case 'seconds':
      return `${short} s`;
    case 'share':
      return `${Number((value * 100).toPrecision(3))} %`;
    case 'per second':
      return `${short}/s`;
    case 'count':
      return String(Math.round(value));
  }
}

/** Smaller changes are no news: of shares in parts of one, of times in seconds, of bytes, of cores, of whole things. */
const least: Readonly<Record<MetricQuestion['unit'], number>> = {
  bytes: 16 * 2 ** 20,
  cores: 0.05,
  seconds: 0.05,
  share: 0.02,
  'per second': 0.05,
  count: 1,
};
const leastFactor = 1.3;

function isNews({ question, from, to, factor }: Measured): boolean {
  return (
    Math.abs(to - from) >= least[question.unit] &&
    (question.looks === 'growth' || factor >= leastFactor || factor <= 1 / leastFactor)
  );
}

/** What a stretch of time comes to. */
function summary({ looks }: MetricQuestion, values: readonly number[], isLater: boolean): number {
  if (looks === 'growth') return (isLater ? values.at(-1) : values[0]) ?? Number.NaN;
  return looks === 'peak' && isLater ? Math.max(...values) : median(values);
}

/** Before and after a moment; undefined where one of them was not measured. What grows from nothing may have begun after it. */
function measured(question: MetricQuestion, series: Series, moment: number): Measured | undefined {
  const { times, values } = rawPoints(series);
  const within = (start: number, end: number): readonly number[] =>
    values.filter((_, index) => (times[index] ?? 0) >= start && (times[index] ?? 0) < end);
  const grows = question.looks === 'growth';
  const [earlier, later] = [
    within(moment - late - before, moment - late),
    within(moment - late, grows ? Infinity : moment + after),
  ];
  if (later.length === 0 || (earlier.length === 0 && !grows)) return undefined;
  const from = earlier.length === 0 ? 0 : summary(question, earlier, false);
  const to = summary(question, later, true);
  return { question, series, from, to, factor: from > 0 ? to / from : to > 0 ? 1_000 : 1 };
}

function weight({ factor }: Measured): number {
  return factor >= 1 ? factor : 1 / Math.max(factor, 0.001);
}

function told({ question, series, from, to }: Measured, object: ObjectRef, since: string): Evidence {
  const labels = seriesText({
    ...series,
    query: question.name,
    labels: Object.fromEntries(Object.entries(series.labels).filter(([name]) => name !== '__name__')),
  });
  return {
    source: 'metric',
    object,
    quote: quote(`${question.says}: ${shown(question, from)} → ${shown(question, to)} (${labels})`),
    time: since,
    path: series.query,
  };
}

/**
 * What metrics say of the time around which a cause began: of each question that its code calls for the series that
 * changed most, if it changed at all. Empty where nothing was asked, or the beginning is not known.
 */
export function measuredAround(
  snapshot: Snapshot,
  code: string,
  object: ObjectRef,
  since: string,
): readonly Evidence[] {
  const moment = Date.parse(since);
  if (Number.isNaN(moment) || snapshot.series.length === 0) return [];
  const changes = queriesFor(snapshot, code, object).flatMap(({ question, ways }) => {
    const asked = ways.flatMap(({ text }) => seriesOf(snapshot).get(text) ?? []);
    const found = asked.filter(
      ({ labels }) =>
        labels['__name__'] === undefined || question.choices.some(({ metric }) => metric === labels['__name__']),
    );
    const news = found.flatMap((series) => measured(question, series, moment) ?? []).filter(isNews);
    return news.toSorted((a, b) => weight(b) - weight(a)).slice(0, 1);
  });
  return changes
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, mostTold)
    .map((change) => told(change, object, since));
}
