import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../reading/per-snapshot.ts';
import type { Edge } from './edge.ts';
import { objectEdges } from './object-edges.ts';
import { podEdges } from './pod-edges.ts';
import { routeEdges } from './route-edges.ts';

/** Who leans on whom. Edges to objects that do not exist are kept: they are what one looks for. */
export interface Graph {
  readonly edges: readonly Edge[];
  readonly from: (key: string) => readonly Edge[];
  readonly to: (key: string) => readonly Edge[];
}

function index(edges: readonly Edge[], end: 'from' | 'to'): ReadonlyMap<string, readonly Edge[]> {
  return Map.groupBy(edges, (edge) => refKey(edge[end]));
}

/** The graph of a snapshot's objects, built once. */
export const graphOf: (snapshot: Snapshot) => Graph = perSnapshot((snapshot) => {
  const edges = [
    ...objectEdges(snapshot),
    ...routeEdges(snapshot),
    ...snapshot.list('Pod').flatMap((pod) => podEdges(snapshot, pod)),
  ];
  const [from, to] = [index(edges, 'from'), index(edges, 'to')];
  return { edges, from: (key) => from.get(key) ?? [], to: (key) => to.get(key) ?? [] };
});

function walk(start: ObjectRef, next: (ref: ObjectRef) => readonly ObjectRef[]): readonly ObjectRef[] {
  const seen = new Map<string, ObjectRef>([[refKey(start), start]]);
  const queue = [start];
  for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
    for (const found of next(ref)) {
      if (seen.has(refKey(found))) continue;
      seen.set(refKey(found), found);
      queue.push(found);
    }
  }
  seen.delete(refKey(start));
  return [...seen.values()];
}

/** Everything that the object owns, down to its pods. */
export function ownedTree(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const graph = graphOf(snapshot);
  return walk(ref, (r) =>
    graph
      .from(refKey(r))
      .filter((e) => e.verb === 'owns')
      .map((e) => e.to),
  );
}

/**
 * Everything that the object leans on, directly or through others: configuration, volumes, accounts, the Services it
 * calls and the pods behind them, its node. Not what leans on it.
 */
export function dependenciesOf(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const graph = graphOf(snapshot);
  return walk(ref, (r) =>
    graph
      .from(refKey(r))
      .filter((e) => e.verb !== 'guards' && e.verb !== 'limits')
      .map((e) => e.to),
  );
}

/** What the object itself leans on: configuration, volumes, accounts, the Services it calls. Not its node. */
export function directlyUsedBy(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  return graphOf(snapshot)
    .from(refKey(ref))
    .filter((e) => !['owns', 'guards', 'limits', 'runs on'].includes(e.verb))
    .map((e) => e.to);
}

/** Everything that leans on the object, directly or through others: callers, owners, routes, scalers. */
export function dependentsOf(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const graph = graphOf(snapshot);
  return walk(ref, (r) =>
    graph
      .to(refKey(r))
      .filter((e) => e.verb !== 'guards')
      .map((e) => e.from),
  );
}

/** The edges among an object's neighbours, at most `depth` steps away in either direction. */
export function around(snapshot: Snapshot, refs: readonly ObjectRef[], depth: number): readonly Edge[] {
  const graph = graphOf(snapshot);
  const kept = new Set<Edge>();
  let frontier = new Set(refs.map(refKey));
  const seen = new Set(frontier);
  for (let step = 0; step < depth; step += 1) {
    const next = new Set<string>();
    for (const key of frontier) {
      for (const edge of [...graph.from(key), ...graph.to(key)]) {
        kept.add(edge);
        for (const end of [refKey(edge.from), refKey(edge.to)]) if (!seen.has(end)) next.add(end);
      }
    }
    for (const key of next) seen.add(key);
    frontier = next;
  }
  return [...kept];
}
