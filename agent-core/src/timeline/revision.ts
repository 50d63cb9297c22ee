import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import type { ReplicaSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { templateDifference } from './template-difference.ts';

/** One revision of a Deployment, with what set it apart from the one before. */
export interface Revision {
  readonly number: number;
  readonly replicaSet: ObjectRef;
  /** When this template came into use: the ReplicaSet's creation. Returning to an old template keeps the old time. */
  readonly created: string;
  readonly template: PodTemplate;
  readonly differences: readonly string[];
}

function revisionNumber(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations['deployment.kubernetes.io/revision'] ?? Number.NaN);
}

/** Oldest first; empty where the ReplicaSets were not read. */
export function revisionsOf(snapshot: Snapshot, deployment: ObjectRef): readonly Revision[] {
  const uid = snapshot.get('Deployment', deployment.namespace, deployment.name)?.metadata.uid ?? deployment.uid;
  const owned = snapshot
    .listIn('ReplicaSet', deployment.namespace)
    .filter((rs) => rs.metadata.ownerReferences.some((o) => (uid === '' ? o.name === deployment.name : o.uid === uid)))
    .filter((rs) => Number.isFinite(revisionNumber(rs)))
    .toSorted((a, b) => revisionNumber(a) - revisionNumber(b));
  return owned.map((rs, index) => {
    const before = owned[index - 1];
    return {
      number: revisionNumber(rs),
      replicaSet: refTo('ReplicaSet', rs),
      created: rs.metadata.creationTimestamp ?? '',
      template: rs.spec.template,
      differences: before === undefined ? [] : templateDifference(before.spec.template, rs.spec.template),
    };
  });
}
