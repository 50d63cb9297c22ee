import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { labelledObject, workloadRef } from '../../reading/labelled-object.ts';
import { classOf, metricName } from '../../reading/metric-class.ts';
import type { MetricClass } from '../../reading/metric-class.ts';
import { outputOf } from '../../reading/output-line.ts';
import { alarmingLines } from '../../reading/output-verdict.ts';
import { containersOf } from '../../reading/pod-status.ts';
import { median, spread } from '../../reading/robust-statistics.ts';
import { said } from '../../reading/said.ts';
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

const nouns: Readonly<Record<MetricClass, string>> = { cpu: 'CPU use', memory: 'memory use', errors: 'error rate', latency: 'latency', saturation: 'load', restarts: 'restarts', other: '' };

/** What a pod that answers with errors complains of itself. It runs, so a single line proves nothing: they must be several. */
function complaint(snapshot: Snapshot, object: ObjectRef): Evidence | undefined {
  const pod = snapshot.get('Pod', object.namespace, object.name);
  if (pod === undefined) return undefined;
  for (const view of containersOf(pod)) {
    const lines = alarmingLines(outputOf(snapshot, pod, view, 'current'));
    const last = lines.at(-1);
    if (last !== undefined && lines.length >= leastComplaints) return fromOutput(object, view, last);
  }
  return undefined;
}

const leastComplaints = 3;

function checkMember(snapshot: Snapshot, member: Member, group: readonly Member[]): Finding[] {
  const others = group.filter((m) => m !== member).map((m) => m.level);
  const usual = median(others);
  const name = metricName(member.series);
  const far = member.level - usual > 6 * Math.max(spread(others), usual * 0.1);
  if (others.length < 3 || !far || member.level < usual * 3 || !matters(member.kind, name, { before: usual, after: member.level })) return [];
  const numbers = `${shown(member.kind, name, member.level)}, median of its ${others.length} peers ${shown(member.kind, name, usual)}`;
  const words = member.kind === 'errors' ? complaint(snapshot, member.object) : undefined;
  return [
    finding(peerStandsOut, {
      object: member.object,
      confidence: 'low',
      cause: `${refText(member.object)} stands out among the pods of ${refText(workloadRef(snapshot, member.object))}: ${nouns[member.kind]} ${numbers}${words === undefined ? '' : `; it says: ${said(words.quote, 200)}`}.`,
      evidence: [fromSeries(member.series, member.object, numbers), ...(words === undefined ? [] : [words])],
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
