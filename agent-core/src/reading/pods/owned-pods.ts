import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ReplicaSet } from '@autodevops/domain/kubernetes/workload';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

const held = perSnapshot(() => new Map<string, readonly Pod[]>());

/** Pods whose controller has this uid, by name; ordinals in the order of their numbers. */
export function podsOwnedBy(snapshot: Snapshot, uid: string): readonly Pod[] {
  const known = held(snapshot).get(uid);
  if (known !== undefined) return known;
  const pods = snapshot.ownedBy(uid).flatMap((owned) => (owned.kind === 'Pod' ? [owned.object as Pod] : []));
  const sorted = pods.toSorted(
    (a, b) => a.metadata.name.length - b.metadata.name.length || (a.metadata.name < b.metadata.name ? -1 : 1),
  );
  held(snapshot).set(uid, sorted);
  return sorted;
}

/** One revision of a Deployment that still has its ReplicaSet. */
export interface Revision {
  readonly number: number;
  readonly set: ReplicaSet;
  readonly pods: readonly Pod[];
  readonly ready: number;
}

/** Newest first. */
export function revisionsOf(snapshot: Snapshot, deploymentUid: string): readonly Revision[] {
  const sets = snapshot
    .ownedBy(deploymentUid)
    .flatMap((owned) => (owned.kind === 'ReplicaSet' ? [owned.object as ReplicaSet] : []));
  return sets
    .map((set): Revision => {
      const number = Number(set.metadata.annotations['deployment.kubernetes.io/revision']);
      return {
        number: Number.isInteger(number) ? number : 0,
        set,
        pods: podsOwnedBy(snapshot, set.metadata.uid),
        ready: set.status.readyReplicas ?? 0,
      };
    })
    .toSorted(
      (a, b) =>
        b.number - a.number ||
        (b.set.metadata.creationTimestamp ?? '').localeCompare(a.set.metadata.creationTimestamp ?? ''),
    );
}
