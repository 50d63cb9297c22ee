import type { Series } from '@autodevops/domain/signal';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isCounter, isRated } from './metric-class.ts';

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

function fallsOften({ values }: Points): boolean {
  const falls = values.filter((value, at) => at > 0 && value < (values[at - 1] ?? value)).length;
  return falls > Math.max(2, values.length * 0.1);
}

/** The values that rules look at: of a counter its rate. What falls time and again is none, whatever it is called. */
export function pointsOf(series: Series): Points {
  const points = gauge(series);
  return isCounter(series) && !fallsOften(points) ? rates(points) : points;
}

/** As `pointsOf`, of what is known to count events: a series that never falls is then a counter, whatever it is called. */
export function eventsOf(series: Series): Points {
  const points = gauge(series);
  const { values } = points;
  const countsUp =
    !isCounter(series) &&
    !isRated(series) &&
    values.length > 2 &&
    (values.at(-1) ?? 0) > (values[0] ?? 0) &&
    values.every((value, at) => at === 0 || value >= (values[at - 1] ?? value));
  return countsUp ? rates(points) : pointsOf(series);
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
