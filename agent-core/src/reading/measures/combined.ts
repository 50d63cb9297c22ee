import type { Series } from '@autodevops/domain/signal';
import type { Points } from './series-values.ts';
import { pointsOf } from './series-values.ts';

/** Values of several series added up, moment by moment. */
export function sumOf(series: readonly Series[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const one of series) {
    const { times, values } = pointsOf(one);
    for (const [at, time] of times.entries()) sums.set(time, (sums.get(time) ?? 0) + (values[at] ?? 0));
  }
  return sums;
}

function pointsFrom(entries: readonly (readonly [time: number, value: number])[]): Points {
  const kept = entries.filter(([, value]) => Number.isFinite(value)).toSorted(([a], [b]) => a - b);
  return { times: kept.map(([time]) => time), values: kept.map(([, value]) => value) };
}

/** One sum over another, where the latter is not nothing. */
export function ratioOf(part: readonly Series[], whole: readonly Series[]): Points {
  const parts = sumOf(part);
  return pointsFrom(
    [...sumOf(whole)].map(([time, all]) => [time, all > 0 ? (parts.get(time) ?? 0) / all : Number.NaN]),
  );
}

export function totalOf(series: readonly Series[]): Points {
  return pointsFrom([...sumOf(series)]);
}

/** Where in a histogram a share of all observations lies, as Prometheus' `histogram_quantile` reckons it: linear within a bucket. */
function quantileAt(buckets: readonly (readonly [le: number, count: number])[], q: number): number {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total <= 0) return Number.NaN;
  const wanted = total * q;
  const at = buckets.findIndex(([, count]) => count >= wanted);
  const [le, count] = buckets[at] ?? [Number.NaN, 0];
  const [below, before] = at > 0 ? (buckets[at - 1] ?? [0, 0]) : [0, 0];
  if (!Number.isFinite(le)) return below;
  return count === before ? le : below + (le - below) * ((wanted - before) / (count - before));
}

/** The quantile of a histogram over time, out of its buckets (`le`). */
export function quantileOf(buckets: readonly Series[], q: number): Points {
  const perBound = [...Map.groupBy(buckets, ({ labels }) => labels['le'] ?? '')].map(
    ([le, series]) => [Number(le === '+Inf' ? Infinity : le), sumOf(series)] as const,
  );
  const bounds = perBound.filter(([le]) => !Number.isNaN(le)).toSorted(([a], [b]) => a - b);
  const times = bounds.at(-1)?.[1].keys() ?? [];
  return pointsFrom(
    [...times].map((time) => [
      time,
      quantileAt(
        bounds.map(([le, counts]) => [le, counts.get(time) ?? 0]),
        q,
      ),
    ]),
  );
}
