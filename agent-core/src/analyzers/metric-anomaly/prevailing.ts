import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import { median } from '../../reading/measures/robust-statistics.ts';
import { isPresent } from '../../reading/measures/series-values.ts';
import { shown } from '../../reading/measures/unit.ts';
import { errorsPrevail } from './codes.ts';
import type { Rises } from './rises.ts';

/** Whoever is used to so many failures would not serve anybody: a fifth of all, and at no time less than half of that. */
const prevailing = 0.2;
const fewest = 6;

function sharesOf({ unit, points }: Measure): readonly number[] {
  return unit === 'share' ? points.values : unit === 'percent' ? points.values.map((value) => value / 100) : [];
}

/** How much fails from the first point to the last; undefined where it was better before, or not much does. */
function prevailingShare(snapshot: Snapshot, measure: Measure): number | undefined {
  const shares = measure.kind === 'errors' ? sharesOf(measure) : [];
  if (shares.length < fewest || !isPresent(snapshot, measure.points)) return undefined;
  const share = median(shares);
  return share >= prevailing && shares.every((one) => one >= prevailing / 2) ? share : undefined;
}

/**
 * Requests that fail in such a number, from the first minute of what was measured, that something is broken although nothing
 * changed: the record began after it. What a caller passes on is explained by those that it calls.
 */
export function checkPrevailing(snapshot: Snapshot, measures: readonly Measure[], rises: Rises): Finding[] {
  const risen = new Set(rises.all.map(({ measure }) => measure));
  return measures.flatMap((measure) => {
    const share = risen.has(measure) ? undefined : prevailingShare(snapshot, measure);
    if (share === undefined || measure.object.kind === 'Metric') return [];
    const { object, series, workload } = measure;
    const numbers = `${shown(share, 'share')} of requests failed, from the first point to the last`;
    const called = callsKnown(snapshot, workload).filter((one) => refKey(one) !== refKey(workload));
    return [
      finding(errorsPrevail, {
        object,
        confidence: 'medium',
        cause: `${shown(share, 'share')} of the requests to ${refText(object)} fail, for as long as they were measured.`,
        evidence: [fromSeries(series, object, numbers)],
        because: called.map((one) => ({
          object: one,
          codes: [errorsPrevail.code, 'signal.errors.', 'signal.log.', 'pod.', 'service.', 'workload.'],
        })),
        generic: true,
        facet: '',
      }),
    ];
  });
}
