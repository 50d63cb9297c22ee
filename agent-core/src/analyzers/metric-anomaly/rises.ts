import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../../reading/distinct-by.ts';
import { isBusier } from '../../reading/measures/busier.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import { riseOf } from '../../reading/measures/rise.ts';
import type { Rise } from '../../reading/measures/rise.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { isPresent } from '../../reading/measures/series-values.ts';

/** Everything that rose, and what of it belongs together. */
export interface Rises {
  readonly all: readonly Rise[];
  /** Workloads of which anything is measured. */
  readonly measured: readonly ObjectRef[];
  readonly of: (workload: ObjectRef) => readonly Rise[];
  /** Whether how it answers (its errors, its latency) was measured at all. */
  readonly answers: (workload: ObjectRef) => boolean;
  /** When the trouble of its workload began: what rose furthest need not have risen first. */
  readonly began: (rise: Rise) => number;
  /** Of what a workload uses, or of how it answers, what rose furthest: the rest goes along with it. */
  readonly leading: (rise: Rise) => Rise;
}

const felt: ReadonlySet<MetricClass> = new Set<MetricClass>(['errors', 'latency']);
/** What begins within a quarter of an hour belongs together. */
const together = 15 * 60_000;

export function isFelt({ kind }: Measure): boolean {
  return felt.has(kind);
}

export function risesOf(snapshot: Snapshot, measures: readonly Measure[]): Rises {
  const all = measures
    .flatMap((measure) => (isPresent(snapshot, measure.points) ? (riseOf(measure) ?? []) : []))
    .filter((rise) => !isBusier(rise, measures));
  const byWorkload = Map.groupBy(all, ({ measure }) => refKey(measure.workload));
  const answering = new Set(measures.filter(isFelt).map(({ workload }) => refKey(workload)));
  const of = (workload: ObjectRef): readonly Rise[] => byWorkload.get(refKey(workload)) ?? [];
  const near = (rise: Rise): readonly Rise[] =>
    of(rise.measure.workload).filter((other) => Math.abs(other.since - rise.since) <= together);
  const began = (rise: Rise): number =>
    near(rise).reduce((earliest, { since }) => Math.min(earliest, since), rise.since);
  const leading = (rise: Rise): Rise => {
    const alike = near(rise).filter((other) => isFelt(other.measure) === isFelt(rise.measure));
    return (
      alike.toSorted(
        (a, b) => b.doublings - a.doublings || a.since - b.since || a.measure.kind.localeCompare(b.measure.kind),
      )[0] ?? rise
    );
  };
  const measured = distinctBy(
    measures.map(({ workload }) => workload),
    refKey,
  ).filter(({ namespace }) => namespace !== '');
  return { all, measured, of, answers: (workload) => answering.has(refKey(workload)), began, leading };
}
