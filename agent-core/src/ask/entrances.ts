import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ownedTree } from '../graph/graph.ts';
import { podsBehind, servicesBefore } from '../reading/network/service-pods.ts';
import { distinct } from './naming/names.ts';

/** The pods of an object: itself, those that it owns, or those that it selects. */
export function podsOf(snapshot: Snapshot, ref: ObjectRef): readonly Pod[] {
  const service = ref.kind === 'Service' ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
  if (service !== undefined) return podsBehind(snapshot, service);
  return [ref, ...ownedTree(snapshot, ref)].flatMap((r) =>
    r.kind === 'Pod' ? (snapshot.get('Pod', r.namespace, r.name) ?? []) : [],
  );
}

/** The objects, and the Services that stand in front of their pods: who uses these uses them. */
export function entrances(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly ObjectRef[] {
  const pods = refs.flatMap((ref) => podsOf(snapshot, ref));
  const services = pods.flatMap((pod) => servicesBefore(snapshot, pod).map((s) => refTo('Service', s)));
  return distinct([...refs, ...services]);
}
