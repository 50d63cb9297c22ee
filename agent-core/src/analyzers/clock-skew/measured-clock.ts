import type { Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { measuredNode } from '../../reading/measures/measured-node.ts';
import { metricName } from '../../reading/measures/metric-name.ts';
import { median } from '../../reading/measures/robust-statistics.ts';
import { isPresent, rawPoints } from '../../reading/measures/series-values.ts';
import { nodeOff } from './codes.ts';

/** How far a machine's clock is from the time that it is told: https://github.com/prometheus/node_exporter, https://github.com/SuperQ/chrony_exporter */
const offsets = new Set([
  'node_timex_offset_seconds',
  'node_ntp_offset_seconds',
  'chrony_tracking_system_time_seconds',
  'chrony_tracking_last_offset_seconds',
]);
/** A second is more than any token, lease or trace allows for; kept clocks are off by milliseconds. */
const tolerated = 1;
const least = 3;

/** Nodes whose own time service says that their clock is wrong, and for how long it has been. */
export function checkOffsets(snapshot: Snapshot): Finding[] {
  const found = snapshot.series
    .filter((series) => offsets.has(metricName(series)))
    .flatMap((series) => {
      const points = rawPoints(series);
      const now = median(points.values.slice(-least));
      const object = measuredNode(snapshot, series);
      if (
        object === undefined ||
        points.values.length < least ||
        !isPresent(snapshot, points) ||
        Math.abs(now) < tolerated
      ) {
        return [];
      }
      const since =
        points.times[points.values.findLastIndex((value) => Math.abs(value) < tolerated) + 1] ?? snapshot.now;
      // Minutes are too coarse for what tokens allow.
      const off =
        Math.abs(now) < 600 ? `${Number(Math.abs(now).toPrecision(3))} s` : formatDuration(Math.abs(now) * 1000);
      return finding(nodeOff, {
        object,
        cause: `The clock of ${refText(object)} is off by ${off}, as its own time service says.`,
        since: new Date(since).toISOString(),
        evidence: [fromSeries(series, object, `${Number(now.toPrecision(3))} s`)],
      });
    });
  return [...distinctBy(found, ({ object }) => refText(object))];
}
