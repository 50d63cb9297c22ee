import type { Finding } from '@autodevops/domain/finding';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import { isRated } from '../../reading/measures/metric-class.ts';
import { rawPoints } from '../../reading/measures/series-values.ts';
import { restartsRepeat } from './codes.ts';

const hour = 60 * 60_000;

/** From the raw counter: how often it rose, and when last. */
export function checkRestarts(snapshot: Snapshot, { object, workload, series }: Measure): Finding[] {
  if (isRated(series)) return [];
  const { times, values } = rawPoints(series);
  let rises = 0;
  let lastRise: number | undefined;
  let firstRise: number | undefined;
  for (let i = 1; i < values.length; i += 1) {
    const more = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (more <= 0) continue;
    rises += more;
    lastRise = times[i];
    firstRise ??= times[i];
  }
  if (rises < 3 || lastRise === undefined || snapshot.now - lastRise > hour) return [];
  const numbers = `${values[0] ?? 0} → ${values.at(-1) ?? 0}`;
  return [
    finding(restartsRepeat, {
      object,
      confidence: 'medium',
      cause: `${refText(object)} restarted ${Math.round(rises)} times within the metrics' time.`,
      since: firstRise === undefined ? '' : new Date(firstRise).toISOString(),
      evidence: [fromSeries(series, object, numbers)],
      because: signalBecause('used', [object, workload]),
      generic: true,
      facet: series.labels['container'] ?? '',
    }),
  ];
}
