import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dependentsOf, ownedTree } from '../graph/graph.ts';
import { distinct } from './naming/names.ts';

/** Kinds that only stand between what people name. */
const between = new Set(['ReplicaSet', 'Namespace', 'Pod', 'Endpoints', 'EndpointSlice']);

/** What goes with the object itself, beyond those that lean on it. */
export function lostWith({ kind }: ObjectRef): readonly string[] {
  return kind === 'PersistentVolumeClaim' || kind === 'PersistentVolume'
    ? ['Its data may be lost for ever: what becomes of a volume is decided by its reclaim policy.']
    : [];
}

/** What leans on the objects or on their pods, directly or through others; not what belongs to them. */
export function leaningOn(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly ObjectRef[] {
  const own = refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]);
  const inside = new Set(own.map(refKey));
  return distinct(own.flatMap((ref) => dependentsOf(snapshot, ref))).filter(
    (ref) => !between.has(ref.kind) && !inside.has(refKey(ref)),
  );
}
