import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { median } from './robust-statistics.ts';
import type { Measure } from './measure.ts';
import type { Rise } from './rise.ts';

export function ofSameWorkload(a: Measure, b: Measure): boolean {
  return refKey(a.workload) === refKey(b.workload);
}

/** A measure's level before and from a moment on; undefined where one of them was not measured. */
export function changeOf(
  { points }: Measure,
  moment: number,
): { readonly before: number; readonly after: number } | undefined {
  const at = points.times.findIndex((time) => time >= moment);
  if (at < 3) return undefined;
  return { before: median(points.values.slice(0, at)), after: median(points.values.slice(at)) };
}

/** By how many times each measure of work changed at a moment; many rises begin at the same. */
type Factors = ReadonlyMap<Measure, number>;

const held = new WeakMap<readonly Measure[], Map<number, Factors>>();

function factorsAt(measures: readonly Measure[], moment: number): Factors {
  let known = held.get(measures);
  if (known === undefined) held.set(measures, (known = new Map()));
  let factors = known.get(moment);
  if (factors === undefined) {
    const ofWork = measures.filter(({ kind }) => kind === 'requests' || kind === 'traffic');
    known.set(
      moment,
      (factors = new Map(
        ofWork.flatMap((measure) => {
          const change = changeOf(measure, moment);
          return change === undefined || !(change.before > 0) ? [] : [[measure, change.after / change.before] as const];
        }),
      )),
    );
  }
  return factors;
}

const enoughOthers = 4;

/** How many times as much work a workload had from a moment on: by its own requests, else by what came to all in its namespace. */
function workAt(measures: readonly Measure[], workload: ObjectRef, moment: number): number {
  const key = refKey(workload);
  const all = [...factorsAt(measures, moment)].map(([measure, factor]) => ({
    measure,
    factor,
    of: refKey(measure.workload),
  }));
  const own = all.filter(({ measure, of }) => measure.kind === 'requests' && of === key);
  if (own.length > 0) return median(own.map(({ factor }) => factor));
  const others = all.filter(({ measure, of }) => measure.workload.namespace === workload.namespace && of !== key);
  return new Set(others.map(({ of }) => of)).size < enoughOthers ? 1 : median(others.map(({ factor }) => factor));
}

/** What grows with the work that is done. */
const withWork = new Set(['cpu', 'memory', 'traffic', 'disk-traffic', 'saturation', 'connections', 'throttling']);
const beyond = 1.6;
/** Who has more to do answers a little later. From twice as late on it has too much to do, and that is felt. */
const laterByWork = 2;

/** It uses more because it has more to do, in about the same measure: a rhythm, a peak, a campaign; no fault by itself. */
export function isBusier({ measure, before, after, since }: Rise, measures: readonly Measure[]): boolean {
  const failures = measure.kind === 'errors' && measure.unit !== 'share' && measure.unit !== 'percent';
  if (!(before > 0) || !(withWork.has(measure.kind) || measure.kind === 'latency' || failures)) return false;
  const work = workAt(measures, measure.workload, since);
  return work > 1.2 && after / before < (measure.kind === 'latency' ? laterByWork : work * beyond);
}
