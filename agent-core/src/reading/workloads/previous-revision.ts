import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ControllerRevision, DaemonSet, Deployment, StatefulSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { revisionsOf } from '../pods/owned-pods.ts';
import type { Revision } from '../pods/owned-pods.ts';
import { controllerOf } from './owner.ts';

/** A revision that a workload can go back to. */
export interface WayBack {
  readonly target: ObjectRef;
  readonly toRevision: number;
  /** Its images, by container; empty where the old template is not known. */
  readonly images: ReadonlyMap<string, string>;
  /** Pods of it are ready now. */
  readonly ready: number;
}

/** The newest older revision that serves, else the newest that is not known to fail: it has no pods. */
export function olderRevision([, ...older]: readonly Revision[]): Revision | undefined {
  const known = older.filter((revision) => revision.number > 0);
  return known.find((revision) => revision.ready > 0) ?? known.find((revision) => revision.pods.length === 0);
}

function ofDeployment(snapshot: Snapshot, deployment: Deployment): WayBack | undefined {
  const older = olderRevision(revisionsOf(snapshot, deployment.metadata.uid));
  if (older === undefined) return undefined;
  const images = new Map(older.set.spec.template.spec.containers.map((c) => [c.name, c.image]));
  return { target: refTo('Deployment', deployment), toRevision: older.number, images, ready: older.ready };
}

/** StatefulSets and DaemonSets keep their templates in ControllerRevisions, of which the snapshot holds the numbers. */
function ofControllerRevisions(
  snapshot: Snapshot,
  kind: 'StatefulSet' | 'DaemonSet',
  workload: StatefulSet | DaemonSet,
): WayBack | undefined {
  const revisions = snapshot
    .ownedBy(workload.metadata.uid)
    .flatMap((owned) =>
      owned.kind === 'ControllerRevision' ? [(owned.object as ControllerRevision).revision ?? 0] : [],
    );
  const [, toRevision = 0] = revisions.toSorted((a, b) => b - a);
  return toRevision === 0 ? undefined : { target: refTo(kind, workload), toRevision, images: new Map(), ready: 0 };
}

/** Where a workload can go back to; undefined when nothing older is kept. */
export function wayBackOf(snapshot: Snapshot, { kind, namespace, name }: ObjectRef): WayBack | undefined {
  if (kind === 'Deployment') {
    const deployment = snapshot.get(kind, namespace, name);
    return deployment === undefined ? undefined : ofDeployment(snapshot, deployment);
  }
  if (kind !== 'StatefulSet' && kind !== 'DaemonSet') return undefined;
  const workload = snapshot.get(kind, namespace, name);
  return workload === undefined ? undefined : ofControllerRevisions(snapshot, kind, workload);
}

export function undoTo({ target, toRevision, ready }: WayBack): ProposedChange {
  return { action: 'rollout-undo', target, params: { toRevision }, risk: ready > 0 ? 'low' : 'medium' };
}

/** Whether the pod is of the template that its StatefulSet or DaemonSet has now. */
function isOfNewest(snapshot: Snapshot, pod: Pod, { kind, namespace, name }: ObjectRef): boolean {
  const hash = pod.metadata.labels['controller-revision-hash'] ?? '';
  if (kind === 'StatefulSet') return hash !== '' && snapshot.get(kind, namespace, name)?.status.updateRevision === hash;
  const generation =
    kind === 'DaemonSet'
      ? snapshot.get(kind, namespace, name)?.metadata.annotations['deprecated.daemonset.template.generation']
      : undefined;
  return generation !== undefined && pod.metadata.labels['pod-template-generation'] === generation;
}

/**
 * To undo the rollout that made this pod: offered when its workload still has an older revision and the pod belongs to
 * the newest. Empty otherwise.
 */
export function undoChanges(snapshot: Snapshot, pod: Pod): readonly ProposedChange[] {
  const own = controllerOf(pod);
  if (own?.kind !== 'ReplicaSet') {
    const back = own === undefined || !isOfNewest(snapshot, pod, own) ? undefined : wayBackOf(snapshot, own);
    return back === undefined ? [] : [undoTo(back)];
  }
  const set = snapshot.get('ReplicaSet', own.namespace, own.name);
  const owner = set === undefined ? undefined : controllerOf(set);
  const deployment = owner?.kind === 'Deployment' ? snapshot.get('Deployment', owner.namespace, owner.name) : undefined;
  if (set === undefined || deployment === undefined) return [];
  const newest = revisionsOf(snapshot, deployment.metadata.uid)[0];
  const back = newest?.set.metadata.name === set.metadata.name ? ofDeployment(snapshot, deployment) : undefined;
  return back === undefined ? [] : [undoTo(back)];
}
