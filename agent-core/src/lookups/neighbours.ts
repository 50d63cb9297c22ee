import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { entrances } from '../ask/entrances.ts';
import { distinct } from '../ask/naming/names.ts';
import { stateOfRef } from '../ask/health/object-state.ts';
import type { Edge } from '../graph/edge.ts';
import { around, ownedTree } from '../graph/graph.ts';
import { focusObjects } from '../jamie/causes/focus.ts';
import type { Focus } from '../jamie/causes/focus.ts';
import { topOwner } from '../reading/workloads/owner.ts';

/** `uses`: what the object and all that it owns lean on; `used-by`: who leans on them, or on a Service in front of them. */
export type Side = 'all' | 'uses' | 'used-by';

export interface Neighbours {
  readonly edges: readonly Edge[];
  /** Everything at an end of an edge, with how it is, in a few words. */
  readonly objects: readonly { readonly object: ObjectRef; readonly state: string }[];
}

/** The owner at the top: people know a workload, and its pods look alike. */
function topOf(snapshot: Snapshot, ref: ObjectRef): ObjectRef {
  const object = isKindName(ref.kind) ? snapshot.get(ref.kind, ref.namespace, ref.name) : undefined;
  return object === undefined || !isKindName(ref.kind) ? ref : topOwner(snapshot, ref.kind, object);
}

/** Each relation once, whichever pods have it. */
function collapsed(edges: readonly Edge[], fromOf: (from: ObjectRef) => ObjectRef): readonly Edge[] {
  const told = edges.map((edge) => ({ ...edge, from: fromOf(edge.from) }));
  return [
    ...new Map(
      told.map((edge) => [`${refKey(edge.from)} ${edge.verb} ${refKey(edge.to)} ${edge.detail}`, edge]),
    ).values(),
  ];
}

function usesOf(snapshot: Snapshot, ref: ObjectRef): readonly Edge[] {
  const own = [ref, ...ownedTree(snapshot, ref)];
  const inside = new Set(own.map(refKey));
  return collapsed(
    around(snapshot, own, 1).filter(({ from, to }) => inside.has(refKey(from)) && !inside.has(refKey(to))),
    () => ref,
  );
}

function usersOf(snapshot: Snapshot, refs: readonly ObjectRef[]): readonly Edge[] {
  const entered = [...refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]), ...entrances(snapshot, refs)];
  const targets = new Set(entered.map(refKey));
  return collapsed(
    around(snapshot, entered, 1).filter(({ from, to }) => targets.has(refKey(to)) && !targets.has(refKey(from))),
    (from) => topOf(snapshot, from),
  );
}

function edgesOf(snapshot: Snapshot, refs: readonly ObjectRef[], side: Side, depth: number): readonly Edge[] {
  if (side === 'uses') return refs.flatMap((ref) => usesOf(snapshot, ref));
  if (side === 'used-by') return usersOf(snapshot, refs);
  return around(
    snapshot,
    refs.flatMap((ref) => [ref, ...ownedTree(snapshot, ref)]),
    depth,
  );
}

/** What stands around an object, at most `depth` steps away. Throws `object.not-found` for one that is not there. */
export function neighboursOf(
  snapshot: Snapshot,
  focus: Focus,
  { side, depth }: { readonly side: Side; readonly depth: number },
): Neighbours {
  const refs = focusObjects(snapshot, focus);
  const edges = edgesOf(snapshot, refs, side, depth);
  const objects = distinct([...refs, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { edges, objects: objects.map((object) => ({ object, state: stateOfRef(snapshot, object) })) };
}
