import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ownedTree } from '../graph/graph.ts';
import { servicesBefore } from '../reading/service-pods.ts';

/** The pods of an object: itself, or those that it owns. */
export function podsOf(snapshot: Snapshot, ref: ObjectRef): readonly Pod[] {
  return [ref, ...ownedTree(snapshot, ref)].flatMap((r) => (r.kind === 'Pod' ? (snapshot.get('Pod', r.namespace, r.name) ?? []) : []));
}

/** The objects, and the Services that stand in front of their pods: who uses these uses them. */
export function entrances(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly ObjectRef[] {
  const pods = refs.flatMap((ref) => podsOf(snapshot, ref));
  const services = pods.flatMap((pod) => servicesBefore(snapshot, pod).map((s) => refTo('Service', s)));
  return [...new Map([...refs, ...services].map((ref) => [refKey(ref), ref])).values()];
}
