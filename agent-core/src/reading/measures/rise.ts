import type { MetricClass } from './metric-class.ts';
import { lastingRise } from './robust-statistics.ts';
import type { Measure } from './measure.ts';
import type { Unit } from './unit.ts';

/** A measure that rose and has stayed up. */
export interface Rise {
  readonly measure: Measure;
  readonly before: number;
  readonly after: number;
  /** In milliseconds. */
  readonly since: number;
  /** How far it rose, in doublings above the level that is worth a word: what compares a queue with a duration. */
  readonly doublings: number;
}

interface Notable {
  /** How many times the level before must be reached. */
  readonly factor: number;
  /** By how much it must rise, in each unit in which it may be counted; of others the factor alone decides. */
  readonly by: Readonly<Partial<Record<Unit, number>>>;
  /** The level that must be reached, where a part of something is measured. */
  readonly level?: Readonly<Partial<Record<Unit, number>>>;
}

const never: Notable = { factor: Infinity, by: {} };
const mebi = 2 ** 20;

/** What is large enough to matter to anyone, whatever the statistics say. */
const notable: Readonly<Record<MetricClass, Notable>> = {
  // A share of one percent, or one failure in twenty seconds.
  errors: { factor: 3, by: { share: 0.01, percent: 1, 'per second': 0.05, unknown: 0.01 } },
  latency: { factor: 1.5, by: { seconds: 0.02, milliseconds: 20, unknown: 0.01 } },
  cpu: { factor: 1.8, by: { cores: 0.1, unknown: 0.05, share: 0.25, percent: 25 }, level: { share: 0.6, percent: 60 } },
  throttling: { factor: 3, by: { share: 0.2, percent: 20, 'per second': 1 } },
  // A tenth of its time.
  contention: { factor: 4, by: { share: 0.1, percent: 10 } },
  collection: { factor: 3, by: { share: 0.1, percent: 10, seconds: 0.2, milliseconds: 200, unknown: 100 } },
  memory: { factor: 1.5, by: { bytes: 64 * mebi, share: 0.2, percent: 20 }, level: { share: 0.8, percent: 80 } },
  'disk-traffic': { factor: 4, by: { 'bytes per second': 4 * mebi, 'per second': 100 } },
  'disk-busy': { factor: 3, by: { share: 0.1, percent: 10, 'per second': 0.1 }, level: { share: 0.15, percent: 15 } },
  'disk-use': { factor: 1.5, by: { bytes: 500 * mebi, share: 0.2, percent: 20 }, level: { share: 0.8, percent: 80 } },
  traffic: { factor: 4, by: { 'bytes per second': mebi } },
  'packet-loss': { factor: 5, by: { 'per second': 1, unknown: 1, share: 0.01, percent: 1 } },
  pressure: { factor: 5, by: { 'per second': 0.5, seconds: 30, unknown: 5 } },
  saturation: { factor: 3, by: { count: 10 }, level: { share: 0.8, percent: 80 } },
  connections: { factor: 2.5, by: { count: 10 } },
  requests: never,
  restarts: never,
  other: never,
};

/** Large enough to matter. */
export function matters(
  { kind, unit }: Pick<Measure, 'kind' | 'unit'>,
  { before, after }: { readonly before: number; readonly after: number },
): boolean {
  const { factor, by, level } = notable[kind];
  return after >= before * factor && after - before >= (by[unit] ?? 0) && after >= (level?.[unit] ?? -Infinity);
}

function doublings({ kind, unit }: Measure, before: number, after: number): number {
  const floor = Math.max(before, notable[kind].by[unit] ?? 0, 1e-9);
  return Math.min(10, Math.log2(after / floor));
}

/** How a measure rose and stayed up; undefined where it did not, or by too little to matter. */
export function riseOf(measure: Measure): Rise | undefined {
  const { points } = measure;
  const shift = lastingRise(points.values);
  const since = shift === undefined ? undefined : points.times[shift.at];
  if (shift === undefined || since === undefined || !matters(measure, shift)) return undefined;
  return {
    measure,
    before: shift.before,
    after: shift.after,
    since,
    doublings: doublings(measure, shift.before, shift.after),
  };
}
