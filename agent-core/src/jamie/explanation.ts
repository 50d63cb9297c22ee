import type { Because } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesLabels } from '../reading/selector.ts';
import type { CauseGroup } from './cause-group.ts';
import { confidenceRank, severityRank, subjectOf } from './cause-group.ts';

/** Which groups are causes, and which symptoms each of them explains. */
export interface Explained {
  readonly root: CauseGroup;
  readonly symptoms: readonly CauseGroup[];
}

type Index = ReadonlyMap<string, readonly CauseGroup[]>;

/** Groups by every object that they speak of: the workload and each pod. */
function indexByObject(groups: readonly CauseGroup[]): Index {
  const index = new Map<string, CauseGroup[]>();
  for (const group of groups) {
    const keys = new Set([refKey(group.object), ...group.findings.map((f) => refKey(f.object))]);
    for (const key of keys) {
      const held = index.get(key);
      if (held === undefined) index.set(key, [group]);
      else held.push(group);
    }
  }
  return index;
}

/** The object, its workload, and for a Service the pods behind it: what is broken there breaks the object. */
function standsFor(snapshot: Snapshot, object: ObjectRef): readonly string[] {
  const keys = new Set([refKey(object), refKey(subjectOf(snapshot, object))]);
  if (object.kind === 'Service') {
    const selector = snapshot.get('Service', object.namespace, object.name)?.spec.selector ?? {};
    for (const pod of snapshot.listIn('Pod', object.namespace)) {
      if (!matchesLabels(selector, pod.metadata.labels)) continue;
      const ref = { apiVersion: 'v1', kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name, uid: pod.metadata.uid };
      keys.add(refKey(ref)).add(refKey(subjectOf(snapshot, ref)));
    }
  }
  return [...keys];
}

function codeFits(because: Because, group: CauseGroup): boolean {
  const code = group.findings[0]?.code ?? '';
  return because.codes === undefined || because.codes.some((prefix) => code.startsWith(prefix));
}

function isGeneric(group: CauseGroup): boolean {
  return group.findings.every((finding) => finding.generic);
}

/** Groups that explain this one directly. */
function explainersOf(group: CauseGroup, context: { snapshot: Snapshot; index: Index; reach: Map<string, readonly string[]> }): readonly CauseGroup[] {
  const { snapshot, index, reach } = context;
  const found = new Set<CauseGroup>();
  const reached = (object: ObjectRef): readonly string[] => {
    const key = refKey(object);
    let keys = reach.get(key);
    if (keys === undefined) reach.set(key, (keys = standsFor(snapshot, object)));
    return keys;
  };
  for (const because of group.findings.flatMap((finding) => finding.because)) {
    for (const key of reached(because.object)) {
      for (const other of index.get(key) ?? []) {
        if (other !== group && codeFits(because, other)) found.add(other);
      }
    }
  }
  if (isGeneric(group)) {
    for (const key of [refKey(group.object), ...group.findings.map((f) => refKey(f.object))]) {
      for (const other of index.get(key) ?? []) if (other !== group && !isGeneric(other)) found.add(other);
    }
  }
  return [...found];
}

/** The better cause of two that explain each other. */
function byWeight(a: CauseGroup, b: CauseGroup): number {
  const weigh = (g: CauseGroup): readonly [number, number, number] => [
    isGeneric(g) ? 0 : 1,
    Math.max(...g.findings.map((f) => severityRank(f.severity))),
    Math.max(...g.findings.map((f) => confidenceRank(f.confidence))),
  ];
  const [x, y] = [weigh(a), weigh(b)];
  return y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || a.key.localeCompare(b.key);
}

/**
 * Follows each group to what explains it, and on. Groups that nothing explains are roots; of groups that only explain
 * one another the weightiest is the root.
 */
export function explain(snapshot: Snapshot, groups: readonly CauseGroup[]): readonly Explained[] {
  const index = indexByObject(groups);
  const context = { snapshot, index, reach: new Map<string, readonly string[]>() };
  const direct = new Map(groups.map((group) => [group, explainersOf(group, context)]));
  const roots = new Set(groups.filter((group) => direct.get(group)?.length === 0));
  const reachable = (from: CauseGroup): Set<CauseGroup> => {
    const seen = new Set<CauseGroup>([from]);
    const queue = [from];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const explainer of direct.get(next) ?? []) {
        if (!seen.has(explainer)) {
          seen.add(explainer);
          queue.push(explainer);
        }
      }
    }
    return seen;
  };
  const symptoms = new Map<CauseGroup, CauseGroup[]>([...roots].map((root) => [root, []]));
  for (const group of groups.toSorted(byWeight)) {
    if (roots.has(group)) continue;
    const seen = reachable(group);
    let own = [...seen].filter((candidate) => roots.has(candidate));
    if (own.length === 0) {
      const elected = [...seen].toSorted(byWeight)[0] ?? group;
      roots.add(elected);
      symptoms.set(elected, []);
      own = [elected];
    }
    for (const root of own) if (root !== group) symptoms.get(root)?.push(group);
  }
  return [...symptoms].map(([root, explained]) => ({ root, symptoms: explained.filter((s) => !roots.has(s)) }));
}
