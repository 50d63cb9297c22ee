import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isRecent, newestEvents } from '../recency.ts';

/** Warnings of the last hour that a program writes about its own pod, newest first: the reporter is named like a container of it. */
export function ownWarnings(snapshot: Snapshot, pod: Pod): readonly ClusterEvent[] {
  const names = new Set(pod.spec.containers.map(({ name }) => name));
  return newestEvents(snapshot, refTo('Pod', pod)).filter(
    (event) => event.type === 'Warning' && names.has(event.component) && isRecent(snapshot, event.last),
  );
}
