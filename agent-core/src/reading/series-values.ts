import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isCounter } from './metric-class.ts';

/** Points in order, without gaps (NaN). Times in milliseconds. */
export interface Points {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

function gauge(series: Series): Points {
  const kept = series.points.filter(([time, value]) => Number.isFinite(time) && Number.isFinite(value));
  return { times: kept.map(([time]) => time * 1000), values: kept.map(([, value]) => value) };
}

/** Per second between neighbours; a counter that falls was reset, and counts from nothing. */
function rates({ times, values }: Points): Points {
  const out: { time: number; rate: number }[] = [];
  for (let i = 1; i < values.length; i += 1) {
    const seconds = ((times[i] ?? 0) - (times[i - 1] ?? 0)) / 1000;
    const [now, before] = [values[i] ?? 0, values[i - 1] ?? 0];
    if (seconds > 0) out.push({ time: times[i] ?? 0, rate: (now >= before ? now - before : now) / seconds });
  }
  return { times: out.map((o) => o.time), values: out.map((o) => o.rate) };
}

/** The values that rules look at: of a counter its rate. */
export function pointsOf(series: Series): Points {
  return isCounter(series) ? rates(gauge(series)) : gauge(series);
}

export function rawPoints(series: Series): Points {
  return gauge(series);
}

const stale = 2 * 60 * 60_000;

/** Reaches up to the snapshot's present; what ended hours before says nothing of it. */
export function isPresent(snapshot: Snapshot, points: Points): boolean {
  const last = points.times.at(-1);
  return last !== undefined && snapshot.now - last < stale;
}
