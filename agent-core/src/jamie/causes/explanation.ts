import type { Because, Finding } from '@autodevops/domain/finding';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { atOnce } from '../../reading/at-once.ts';
import type { Steps } from '../../reading/at-once.ts';
import { perPart } from '../../reading/per-part.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
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
      pushTo(index, key, group);
    }
  }
  return index;
}

/** The object, its workload, and for a Service the pods behind it: what is broken there breaks the object. */
function standsFor(snapshot: Snapshot, object: ObjectRef): readonly string[] {
  const keys = new Set([refKey(object), refKey(subjectOf(snapshot, object))]);
  if (object.kind === 'Service') {
    const service = snapshot.get('Service', object.namespace, object.name);
    for (const pod of service === undefined ? [] : podsBehind(snapshot, service)) {
      const ref = refTo('Pod', pod);
      keys.add(refKey(ref)).add(refKey(subjectOf(snapshot, ref)));
    }
  }
  return [...keys];
}

function codeFits(because: Because, group: CauseGroup): boolean {
  const code = group.findings[0]?.code ?? '';
  if (because.codes !== undefined && !because.codes.some((prefix) => code.startsWith(prefix))) return false;
  const { facet } = because;
  return facet === undefined || group.findings.some((f) => `${f.facet} `.startsWith(`${facet} `));
}

function isGeneric(group: CauseGroup): boolean {
  return group.findings.every((finding) => finding.generic);
}

/** Precise, and more than a note beside something grave: that a taint is there does not explain a crash. */
function saysMore(other: CauseGroup, generic: CauseGroup): boolean {
  const isNote = ({ findings }: CauseGroup): boolean => findings.every((f) => f.severity === 'info');
  return !isGeneric(other) && (!isNote(other) || isNote(generic));
}

/** Groups that explain this one directly. */
function explainersOf(
  group: CauseGroup,
  context: { snapshot: Snapshot; index: Index; reach: Map<string, readonly string[]> },
): readonly CauseGroup[] {
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
      for (const other of index.get(key) ?? []) if (other !== group && saysMore(other, group)) found.add(other);
    }
  }
  return [...found];
}

const weigh = perPart((group: CauseGroup): readonly [number, number, number] => {
  const most = (of: (finding: Finding) => number): number =>
    group.findings.reduce((found, finding) => Math.max(found, of(finding)), 0);
  return [isGeneric(group) ? 0 : 1, most((f) => severityRank(f.severity)), most((f) => confidenceRank(f.confidence))];
});

/** The better cause of two that explain each other. */
export function byWeight(a: CauseGroup, b: CauseGroup): number {
  const [x, y] = [weigh(a), weigh(b)];
  return y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || a.key.localeCompare(b.key);
}

const groupsInAStep = 200;

type Direct = ReadonlyMap<CauseGroup, readonly CauseGroup[]>;

/** The group, what explains it, what explains that, and so on. */
function reachable(from: CauseGroup, direct: Direct): ReadonlySet<CauseGroup> {
  const seen = new Set<CauseGroup>([from]);
  // A set gives what is added while it is walked, too.
  for (const group of seen) for (const explainer of direct.get(group) ?? []) seen.add(explainer);
  return seen;
}

/**
 * Follows each group to what explains it, and on. Groups that nothing explains are roots; of groups that only explain
 * one another the weightiest is the root.
 */
export function explain(snapshot: Snapshot, groups: readonly CauseGroup[]): readonly Explained[] {
  return atOnce(explainInSteps(snapshot, groups));
}

/** As `explain`, yielding where others may run. */
export function* explainInSteps(snapshot: Snapshot, groups: readonly CauseGroup[]): Steps<readonly Explained[]> {
  const context = { snapshot, index: indexByObject(groups), reach: new Map<string, readonly string[]>() };
  const direct = new Map<CauseGroup, readonly CauseGroup[]>();
  for (const group of groups) {
    direct.set(group, explainersOf(group, context));
    if (direct.size % groupsInAStep === 0) yield;
  }
  const symptoms = new Map<CauseGroup, CauseGroup[]>();
  for (const group of groups) if (direct.get(group)?.length === 0) symptoms.set(group, []);
  for (const [at, group] of groups.toSorted(byWeight).entries()) {
    if (at % groupsInAStep === 0) yield;
    if (symptoms.has(group)) continue;
    const seen = [...reachable(group, direct)];
    if (!seen.some((candidate) => symptoms.has(candidate))) symptoms.set(seen.toSorted(byWeight)[0] ?? group, []);
    for (const root of seen) if (root !== group) symptoms.get(root)?.push(group);
  }
  return [...symptoms].map(([root, explained]) => ({ root, symptoms: explained.filter((s) => !symptoms.has(s)) }));
}
