import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, Finding } from '@autodevops/domain/finding';
import { refByName, refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import { presentLevel } from '../../reading/measures/present-level.ts';
import { matters } from '../../reading/measures/rise.ts';
import { shown } from '../../reading/measures/unit.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import { alarmingLines } from '../../reading/output/alarming-line.ts';
import { containersOf } from '../../reading/pods/pod-status.ts';
import { median, spread } from '../../reading/measures/robust-statistics.ts';
import { said } from '../../reading/said.ts';
import { wordsFor } from './code-of.ts';
import { peerStandsOut } from './codes.ts';

interface Member {
  readonly measure: Measure;
  readonly level: number;
}

/** Labels in which peers may differ; any other difference (path, code, container) makes another thing. */
const identity = new Set([
  'pod',
  'pod_name',
  'instance',
  'node',
  'id',
  'name',
  'uid',
  'kubernetes_pod_name',
  'host_ip',
  'pod_ip',
]);

function sortOf({ series, kind, derived }: Measure): string {
  if (derived !== '') return `${kind}|${derived}`;
  const rest = Object.entries(series.labels)
    .filter(([key]) => !identity.has(key))
    .toSorted(([a], [b]) => a.localeCompare(b));
  return `${series.query}|${JSON.stringify(rest)}`;
}

const compared: ReadonlySet<MetricClass> = new Set<MetricClass>(['cpu', 'memory', 'errors', 'latency']);

function members(snapshot: Snapshot, measures: readonly Measure[]): ReadonlyMap<string, readonly Member[]> {
  const found = measures.flatMap((measure): (Member & { group: string })[] => {
    const { kind, object, workload } = measure;
    if (!compared.has(kind) || object.kind !== 'Pod' || workload.kind !== 'Deployment') return [];
    const level = presentLevel(snapshot, measure);
    return level === undefined ? [] : [{ measure, level, group: `${refKey(workload)}|${sortOf(measure)}` }];
  });
  return Map.groupBy(found, (m) => m.group);
}

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

/** Its node is what a pod does not share with all its peers. */
function carriedBy(snapshot: Snapshot, { namespace, name }: ObjectRef): readonly Because[] {
  const node = snapshot.get('Pod', namespace, name)?.spec.nodeName;
  return node === undefined ? [] : signalBecause('carries', [refByName('Node', '', node)]);
}

function checkMember(snapshot: Snapshot, { measure, level }: Member, group: readonly Member[]): Finding[] {
  const { kind, unit, object, workload, series } = measure;
  const others = group.filter((m) => m.measure !== measure).map((m) => m.level);
  const usual = median(others);
  const far = level - usual > 6 * Math.max(spread(others), usual * 0.1);
  if (others.length < 3 || !far || level < usual * 3 || !matters(measure, { before: usual, after: level })) return [];
  const numbers = `${shown(level, unit)}, median of its ${others.length} peers ${shown(usual, unit)}`;
  const words = kind === 'errors' ? complaint(snapshot, object) : undefined;
  return [
    finding(peerStandsOut, {
      object,
      confidence: 'low',
      cause: `${refText(object)} stands out among the pods of ${refText(workload)}: ${wordsFor(measure)} ${numbers}${words === undefined ? '' : `; it says: ${said(words.quote, 200)}`}.`,
      evidence: [fromSeries(series, object, numbers), ...(words === undefined ? [] : [words])],
      because: carriedBy(snapshot, object),
      generic: true,
      facet: kind,
    }),
  ];
}

/** Pods of one Deployment that are unlike all the others. StatefulSets are left out: their members may differ by role. */
export function checkPeers(snapshot: Snapshot, measures: readonly Measure[]): Finding[] {
  return [...members(snapshot, measures).values()].flatMap((group) => {
    const found = group.length < 4 ? [] : group.flatMap((member) => checkMember(snapshot, member, group));
    return found.length * 4 > group.length ? [] : found;
  });
}
