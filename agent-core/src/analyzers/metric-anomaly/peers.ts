import type { Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { labelledObject, workloadRef } from '../../reading/labelled-object.ts';
import { classOf, metricName } from '../../reading/metric-class.ts';
import type { MetricClass } from '../../reading/metric-class.ts';
import { median, spread } from '../../reading/robust-statistics.ts';
import { isPresent, pointsOf } from '../../reading/series-values.ts';
import { peerStandsOut } from './codes.ts';
import { matters, shown } from './relevance.ts';

interface Member {
  readonly series: Series;
  readonly object: ObjectRef;
  readonly kind: MetricClass;
  readonly level: number;
}

/** The level of the last fifth of the points, three at least: a spike is not a level. */
function presentLevel(snapshot: Snapshot, series: Series): number | undefined {
  const points = pointsOf(series);
  if (points.values.length < 5 || !isPresent(snapshot, points)) return undefined;
  return median(points.values.slice(-Math.max(3, Math.ceil(points.values.length / 5))));
}

/** Labels in which peers may differ; any other difference (path, code, container) makes another thing. */
const identity = new Set(['pod', 'pod_name', 'instance', 'node', 'id', 'name', 'uid', 'kubernetes_pod_name', 'host_ip', 'pod_ip']);

function sortOf(series: Series): string {
  const rest = Object.entries(series.labels).filter(([key]) => !identity.has(key)).toSorted(([a], [b]) => a.localeCompare(b));
  return `${series.query}|${JSON.stringify(rest)}`;
}

function members(snapshot: Snapshot): ReadonlyMap<string, readonly Member[]> {
  const found = snapshot.series.flatMap((series): (Member & { group: string })[] => {
    const kind = classOf(series);
    if (!['cpu', 'memory', 'errors', 'latency'].includes(kind)) return [];
    const object = labelledObject(snapshot, series.labels);
    if (object?.kind !== 'Pod') return [];
    const workload = workloadRef(snapshot, object);
    const level = workload.kind === 'Deployment' ? presentLevel(snapshot, series) : undefined;
    return level === undefined ? [] : [{ series, object, kind, level, group: `${refKey(workload)}|${sortOf(series)}` }];
  });
  return Map.groupBy(found, (m) => m.group);
}

function checkMember(snapshot: Snapshot, member: Member, group: readonly Member[]): Finding[] {
  const others = group.filter((m) => m !== member).map((m) => m.level);
  const usual = median(others);
  const name = metricName(member.series);
  const far = member.level - usual > 6 * Math.max(spread(others), usual * 0.1);
  if (others.length < 3 || !far || member.level < usual * 3 || !matters(member.kind, name, { before: usual, after: member.level })) return [];
  const numbers = `${shown(member.kind, name, member.level)}, median of its ${others.length} peers ${shown(member.kind, name, usual)}`;
  return [
    finding(peerStandsOut, {
      object: member.object,
      confidence: 'low',
      cause: `${refText(member.object)} stands out among the pods of ${refText(workloadRef(snapshot, member.object))}: ${member.kind} ${numbers}.`,
      evidence: [fromSeries(member.series, member.object, numbers)],
      generic: true,
      facet: member.kind,
    }),
  ];
}

/** Pods of one Deployment that are unlike all the others. StatefulSets are left out: their members may differ by role. */
export function checkPeers(snapshot: Snapshot): Finding[] {
  return [...members(snapshot).values()].flatMap((group) => {
    const found = group.length < 4 ? [] : group.flatMap((member) => checkMember(snapshot, member, group));
    return found.length * 4 > group.length ? [] : found;
  });
}
