import type { Finding, Standing } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { ageOf, recentWindow } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { isWhole } from '../../reading/workloads/workload-health.ts';
import { evictedByLimit, evictedByNode } from './codes.ts';

const day = 24 * 60 * 60_000;
const ownLimitWords = [
  'exceeds the total limit of containers',
  'exceeded its local ephemeral storage limit',
  'Usage of EmptyDir volume',
  'exceeds the limit',
];
const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** When the kubelet ended it. */
function evictedAt(pod: Pod): string {
  const target = pod.status.conditions.find((c) => c.type === 'DisruptionTarget')?.lastTransitionTime;
  const ends = pod.status.containerStatuses.map((s) => s.state.terminated?.finishedAt ?? '').filter((t) => t !== '');
  return target ?? ends.toSorted().at(-1) ?? pod.metadata.creationTimestamp ?? '';
}

function underPressure(snapshot: Snapshot, pod: Pod): boolean {
  const node = snapshot.get('Node', '', pod.spec.nodeName ?? '');
  return node?.status.conditions.some((c) => pressures.includes(c.type) && c.status === 'True') ?? false;
}

interface Eviction {
  readonly pod: Pod;
  readonly own: boolean;
  /** Recent evictions of the same workload for the same kind of reason. */
  readonly times: number;
}

/** Current while the shortage lasts, while it repeats, or while nothing has taken the pod's place; undefined: long over. */
function standingOf(snapshot: Snapshot, { pod, own, times }: Eviction): Standing | undefined {
  const age = ageOf(snapshot, evictedAt(pod));
  if (age === undefined) return undefined;
  const alone = pod.metadata.ownerReferences.length === 0;
  if (alone) return age < day ? 'current' : undefined;
  if (age > recentWindow) return undefined;
  if (own ? times > 1 : underPressure(snapshot, pod)) return 'current';
  return isWhole(snapshot, workloadOf(snapshot, pod)) === false ? 'current' : 'recovered';
}

function toFinding(snapshot: Snapshot, eviction: Eviction): Finding[] {
  const { pod, own } = eviction;
  const standing = standingOf(snapshot, eviction);
  if (standing === undefined) return [];
  const message = pod.status.message ?? '';
  const node = pod.spec.nodeName ?? '';
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const code = own ? evictedByLimit : evictedByNode;
  return [
    finding(code, {
      object: refTo('Pod', pod),
      standing,
      cause: own
        ? `Pod ${name} was evicted for what it wrote to disk: ${said(message)}.`
        : `Pod ${name} was evicted from node "${node}", which ran short: ${said(message)}.`,
      since: evictedAt(pod),
      evidence: [fromStatus(refTo('Pod', pod), 'status.message', `Evicted: ${message}`, evictedAt(pod))],
      because: own || node === '' ? [] : [{ object: refByName('Node', '', node), codes: ['node.', 'kind.'] }],
      facet: own ? '' : node,
    }),
  ];
}

/** Pods that a kubelet evicted, where it still matters. */
export function checkEvictions(snapshot: Snapshot): Finding[] {
  const evicted = snapshot
    .list('Pod')
    .filter((pod) => pod.status.phase === 'Failed' && pod.status.reason === 'Evicted');
  const isOwn = (pod: Pod): boolean => ownLimitWords.some((words) => (pod.status.message ?? '').includes(words));
  const recent = evicted.filter((pod) => (ageOf(snapshot, evictedAt(pod)) ?? day) <= recentWindow);
  const key = (pod: Pod): string => `${refKey(workloadOf(snapshot, pod))}|${isOwn(pod)}`;
  const counts = Map.groupBy(recent, key);
  return evicted.flatMap((pod) =>
    toFinding(snapshot, { pod, own: isOwn(pod), times: counts.get(key(pod))?.length ?? 0 }),
  );
}
