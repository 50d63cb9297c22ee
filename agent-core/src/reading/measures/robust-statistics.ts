/** NaN of no numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between neighbours; NaN of no numbers. `q` from 0 to 1. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const below = sorted[low] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - low);
}

/** The median absolute deviation, scaled so that it is the standard deviation of normal noise. */
export function spread(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((v) => Math.abs(v - middle)));
}

/** At most `most` values: medians of neighbours, so that a single spike in each is gone. */
export function thinned(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  const size = values.length / most;
  return Array.from({ length: most }, (_, i) =>
    median(values.slice(Math.floor(i * size), Math.max(Math.floor(i * size) + 1, Math.floor((i + 1) * size)))),
  );
}

/** Theil and Sen's slope per step: the median of the slopes between all pairs. For a few dozen values. */
export function steadySlope(values: readonly number[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    for (let j = i + 1; j < values.length; j += 1) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / (j - i));
  }
  return median(slopes);
}

/** Where a series rose and stayed up: `at` is the first index of the higher level. */
interface Shift {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

function bestSplit(values: readonly number[], least: { left: number; right: number }): number | undefined {
  let total = 0;
  for (const v of values) total += v;
  let left = 0;
  let best: { at: number; gain: number } | undefined;
  for (let k = 1; k <= values.length - least.right; k += 1) {
    left += values[k - 1] ?? 0;
    if (k < least.left) continue;
    const rest = values.length - k;
    const gain = ((total - left) / rest - left / k) * Math.sqrt((k * rest) / values.length);
    if (best === undefined || gain > best.gain) best = { at: k, gain };
  }
  return best === undefined || best.gain <= 0 ? undefined : best.at;
}

/** The first value of the higher level: back from the best split over those that are above the noise before it already. */
function onset(values: readonly number[], at: number, ceiling: number): number {
  let first = at;
  while (first > 0 && (values[first - 1] ?? 0) > ceiling) first -= 1;
  while (first < values.length - 1 && (values[first] ?? 0) <= ceiling) first += 1;
  return first;
}

/**
 * A lasting rise against the series' own past: the level after it is far above the noise before it, nearly all of its
 * points are above nearly all earlier ones, and it holds until the end. Steady noise, ripples and single spikes give
 * undefined, and so do fewer than 12 values.
 */
export function lastingRise(all: readonly number[]): Shift | undefined {
  if (all.length < 12) return undefined;
  const values = thinned(all, 240);
  const right = Math.max(3, Math.ceil(values.length * 0.03));
  const at = bestSplit(values, { left: Math.max(6, Math.floor(values.length * 0.2)), right });
  if (at === undefined) return undefined;
  const [past, present] = [values.slice(0, at), values.slice(at)];
  const [before, after] = [median(past), median(present)];
  const noise = Math.max(spread(past), Math.abs(before) * 0.05, 1e-12);
  if (after - before < 5 * noise) return undefined;
  const ceiling = quantile(past, 0.95);
  const above = present.filter((v) => v > ceiling).length / present.length;
  const lasts = median(values.slice(-Math.max(3, Math.ceil(present.length * 0.25)))) > ceiling;
  if (above < 0.8 || !lasts) return undefined;
  const first = onset(values, at, before + Math.max(4 * noise, (after - before) * 0.1));
  return { at: Math.min(all.length - 1, Math.floor((first * all.length) / values.length)), before, after };
}
