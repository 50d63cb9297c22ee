import { median, steadySlope, thinned } from '../../reading/measures/robust-statistics.ts';
import type { Points } from '../../reading/measures/series-values.ts';

/** Steady growth: the first and the last level, and how much more each day. */
interface Growth {
  readonly first: number;
  readonly last: number;
  readonly perDay: number;
  readonly since: number;
  /** How often it fell back to the start before (a restart). */
  readonly resets: number;
}

const day = 86_400_000;
/** Less is a start: a program that warms up grows too. */
const leastTime = 20 * 60_000;

/** From the last great fall on: a restart begins anew. */
function lastRun(points: Points): { readonly from: number; readonly resets: number } {
  let from = 0;
  let resets = 0;
  for (let i = 1; i < points.values.length; i += 1) {
    if ((points.values[i] ?? 0) < (points.values[i - 1] ?? 0) * 0.6) {
      from = i;
      resets += 1;
    }
  }
  return { from, resets };
}

/** Where a flat stretch ends and a line begins: the split that leaves the least unexplained; 0 when it grew from the start. */
function bend(levels: readonly number[]): number {
  let best = { at: 0, off: Infinity };
  for (let at = 0; at <= levels.length - 6; at += 1) {
    const flat = levels.slice(0, at + 1);
    const level = median(flat);
    const rest = levels.slice(at);
    const slope = steadySlope(rest);
    const start = at === 0 ? median(rest.map((v, i) => v - slope * i)) : level;
    const off =
      flat.reduce((sum, v) => sum + (at === 0 ? 0 : Math.abs(v - level)), 0) +
      rest.reduce((sum, v, i) => sum + Math.abs(v - (start + slope * i)), 0);
    // A later bend must explain clearly more than growth from the start does.
    if (off < best.off * (best.at === 0 && at > 0 ? 0.6 : 1)) best = { at, off };
  }
  return best.at;
}

/** From the last great fall on, and there from where it began to grow. */
function growing(points: Points): {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly resets: number;
} {
  const { from, resets } = lastRun(points);
  const [values, times] = [points.values.slice(from), points.times.slice(from)];
  const levels = thinned(values, 24);
  const at = Math.floor((bend(levels) * values.length) / Math.max(1, levels.length));
  return { times: times.slice(at), values: values.slice(at), resets };
}

/** Rises in nearly every step, by a third or more, in a line, and still rises at its end; undefined otherwise. */
export function steadyGrowth(points: Points): Growth | undefined {
  const { times, values, resets } = growing(points);
  const [start, end] = [times[0], times.at(-1)];
  if (values.length < 10 || start === undefined || end === undefined || end - start < leastTime) return undefined;
  const levels = thinned(values, 24);
  const rises = levels.slice(1).filter((v, i) => v > (levels[i] ?? 0)).length / (levels.length - 1);
  const slope = steadySlope(levels);
  const first = median(levels.slice(0, 2));
  const last = median(levels.slice(-2));
  const growth = last - first;
  if (rises < 0.75 || slope <= 0 || growth < first * 0.33) return undefined;
  const fit = median(levels.map((v, i) => v - slope * i));
  const off = median(levels.map((v, i) => Math.abs(v - (fit + slope * i))));
  const late = steadySlope(levels.slice(-Math.max(4, Math.ceil(levels.length / 3))));
  // A cache that fills rises and then levels out.
  if (off > growth * 0.12 || late < slope * 0.5) return undefined;
  return { first, last, perDay: (growth / (end - start)) * day, since: start, resets };
}
