import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ReplicaSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from './owner.ts';

function revisionOf(set: ReplicaSet): number {
  const revision = Number(set.metadata.annotations['deployment.kubernetes.io/revision']);
  return Number.isInteger(revision) ? revision : 0;
}

/**
 * To undo the rollout that made this pod: offered when its Deployment still has an older ReplicaSet and the pod belongs
 * to the newest. Empty otherwise.
 */
export function undoChanges(snapshot: Snapshot, pod: Pod): readonly ProposedChange[] {
  const own = controllerOf(pod);
  if (own?.kind !== 'ReplicaSet') return [];
  const set = snapshot.get('ReplicaSet', own.namespace, own.name);
  const owner = set === undefined ? undefined : controllerOf(set);
  if (set === undefined || owner?.kind !== 'Deployment') return [];
  const deployment = snapshot.get('Deployment', owner.namespace, owner.name);
  if (deployment === undefined) return [];
  const revisions = snapshot
    .ownedBy(deployment.metadata.uid)
    .flatMap((o) => (o.kind === 'ReplicaSet' ? [revisionOf(o.object as ReplicaSet)] : []))
    .toSorted((a, b) => b - a);
  const toRevision = revisions[1] ?? 0;
  if (revisions[0] !== revisionOf(set) || toRevision === 0) return [];
  return [{ action: 'rollout-undo', target: refTo('Deployment', deployment), params: { toRevision }, risk: 'medium' }];
}
