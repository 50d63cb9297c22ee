import type { Snapshot } from '@autodevops/domain/snapshot';
import { median } from './robust-statistics.ts';
import { isPresent } from './series-values.ts';
import type { Measure } from './measure.ts';

/** The level of the last fifth of the points, three at least: a spike is not a level. Undefined for what ended before. */
export function presentLevel(snapshot: Snapshot, { points }: Measure): number | undefined {
  if (points.values.length < 5 || !isPresent(snapshot, points)) return undefined;
  return median(points.values.slice(-Math.max(3, Math.ceil(points.values.length / 5))));
}
