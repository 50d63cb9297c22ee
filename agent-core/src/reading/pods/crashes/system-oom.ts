import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refTo } from '@autodevops/domain/object-ref';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { containersOf } from '../pod-status.ts';
import { perSnapshot } from '../../per-snapshot.ts';
import { isRecent, newestEvents } from '../../recency.ts';

/** When containers were killed at their own limits, in milliseconds. */
const containerKills = perSnapshot((snapshot) =>
  snapshot.list('Pod').flatMap((pod) =>
    containersOf(pod)
      .flatMap(({ status }) => [status?.state.terminated, status?.lastState.terminated])
      .filter((ended) => ended?.reason === 'OOMKilled')
      .map((ended) => Date.parse(ended?.finishedAt ?? '')),
  ),
);

/**
 * The newest event of the last hour that says the node as a whole ran out of memory. A kubelet within a container (Kind)
 * and node-problem-detector say the same of containers at their own limit: those are their pods' story.
 */
export function systemOomEvent(snapshot: Snapshot, node: Node): ClusterEvent | undefined {
  return newestEvents(snapshot, refTo('Node', node), 'SystemOOM', 'OOMKilling').find((event) => {
    if (!isRecent(snapshot, event.last) || /memory cgroup/i.test(event.message)) return false;
    const time = Date.parse(event.last ?? '');
    return !containerKills(snapshot).some((killed) => Math.abs(killed - time) < 60_000);
  });
}

/** Between the kill and its event the kubelet needs a moment. */
const margin = 120_000;

/** The event that says that the node as a whole had no memory when a container on it was killed. */
export function systemOomAt(
  snapshot: Snapshot,
  nodeName: string,
  killedAt: string | undefined,
): ClusterEvent | undefined {
  const node = snapshot.get('Node', '', nodeName);
  const killed = Date.parse(killedAt ?? '');
  if (node === undefined || Number.isNaN(killed)) return undefined;
  return newestEvents(snapshot, refTo('Node', node), 'SystemOOM', 'OOMKilling').find((event) => {
    if (/memory cgroup/i.test(event.message)) return false;
    const [first, last] = [Date.parse(event.first ?? event.last ?? ''), Date.parse(event.last ?? '')];
    return killed >= first - margin && killed <= last + margin;
  });
}
