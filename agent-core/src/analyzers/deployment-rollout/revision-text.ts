import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import type { Deployment } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Revision } from '../../reading/pods/owned-pods.ts';
import { olderRevision, undoTo } from '../../reading/workloads/previous-revision.ts';

/** A Deployment with the revisions that still have a ReplicaSet. */
export interface Rollout {
  readonly snapshot: Snapshot;
  readonly deployment: Deployment;
  readonly ref: ObjectRef;
  readonly newest: Revision | undefined;
  /** Newest first. */
  readonly older: readonly Revision[];
}

export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** ` (app: web:1.4 → web:1.5)` where images differ from the revision before. */
export function imageChange(rollout: Rollout): string {
  const { newest, older } = rollout;
  const [before] = older;
  if (newest === undefined || before === undefined) return '';
  const images = new Map(before.set.spec.template.spec.containers.map((c) => [c.name, c.image]));
  const changed = newest.set.spec.template.spec.containers.filter(
    (c) => images.has(c.name) && images.get(c.name) !== c.image,
  );
  if (changed.length === 0) return '';
  return ` (${changed
    .slice(0, 2)
    .map((c) => `${c.name}: ${images.get(c.name)} → ${c.image}`)
    .join(', ')})`;
}

/** Who serves: the old revision, some of the new, or nobody. */
export function readyText(rollout: Rollout): string {
  const { deployment, newest, older } = rollout;
  const desired = deployment.spec.replicas ?? 1;
  const serving = older.find((revision) => revision.ready > 0);
  const newReady = newest?.ready ?? 0;
  const own = `${newReady} of its ${countText(desired, 'pod')} ${newReady === 1 ? 'is' : 'are'} ready`;
  if (serving !== undefined) {
    return `${own}; users are still served by revision ${serving.number} with ${countText(serving.ready, 'ready pod')}`;
  }
  if (newReady > 0 || (deployment.status.readyReplicas ?? 0) > 0) return own;
  return `${own}, and no older revision serves`;
}

/** Back to the newest older revision that is known to work, or at least is there. */
export function undoOf({ newest, older, ref }: Rollout): readonly ProposedChange[] {
  if (newest === undefined || newest.ready > 0) return [];
  const back = olderRevision([newest, ...older]);
  return back === undefined
    ? []
    : [undoTo({ target: ref, toRevision: back.number, images: new Map(), ready: back.ready })];
}

/** Its new ReplicaSet and that one's pods, if they are broken themselves. */
export function becauseOf(rollout: Rollout): readonly Because[] {
  const { newest, ref } = rollout;
  const own = { object: ref, codes: ['workload.pods-not-created'] };
  if (newest === undefined) return [own];
  return [
    own,
    { object: refTo('ReplicaSet', newest.set) },
    ...newest.pods.slice(0, 50).map((pod) => ({ object: refTo('Pod', pod) })),
  ];
}
