import type { SeenBefore } from '@autodevops/domain/change/change';
import type { Plan } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis, Symptom } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refKey } from '@autodevops/domain/object-ref';

/** Where a change reaches: what has to be diagnosed before and after. */
export interface Scope {
  readonly namespaces: readonly string[];
  /** What is changed itself; cluster-scoped ones lie in no namespace. */
  readonly objects: readonly ObjectRef[];
}

/** Jamie, asked about a part of the cluster. */
export type Diagnose = (scope: Scope, options: { readonly signal: AbortSignal }) => Promise<Diagnosis>;

type Finding = Pick<Symptom, 'code' | 'object'>;

/** More than so many are not kept with a change. */
const most = 500;

/** Letters that Kubernetes makes names from (k8s.io/apimachinery/pkg/util/rand). */
const generated = /(?:-[bcdfghjklmnpqrstvwxz2456789]{1,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** The same for a pod and the one that takes its place. */
function placeOf({ code, object }: Finding): string {
  const name = object.kind === 'Pod' ? object.name.replace(generated, '') : object.name;
  return `${code} ${refKey({ ...object, name })}`;
}

export function scopeOf({ actions, facts }: Plan): Scope {
  const objects = actions.map(({ request }) => request.target);
  const places = [...(facts.blastRadius?.namespaces ?? []), ...objects.map(({ kind, namespace, name }) => (kind === 'Namespace' ? name : namespace))];
  return { namespaces: [...new Set(places.filter((namespace) => namespace !== ''))].toSorted(), objects };
}

function within({ object }: Finding, { namespaces, objects }: Scope): boolean {
  return namespaces.includes(object.namespace) || objects.some((own) => refKey(own) === refKey(object));
}

function troubles({ causes }: Diagnosis): readonly Cause[] {
  return causes.filter(({ severity }) => severity !== 'info');
}

function findingsOf(cause: Cause): readonly Finding[] {
  return [{ code: cause.code, object: cause.object }, ...cause.symptoms];
}

export function seenBefore(diagnosis: Diagnosis, scope: Scope): SeenBefore {
  const findings = troubles(diagnosis).flatMap(findingsOf).filter((finding) => within(finding, scope));
  return { findings: findings.slice(0, most).map(({ code, object }) => ({ code, object })), blindSpots: diagnosis.blindSpots.map(({ what }) => what) };
}

/** Whether a pod is one of a workload's, by how controllers name them. */
function isPodOf(pod: ObjectRef, { namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): boolean {
  if (pod.kind !== 'Pod' || pod.namespace !== namespace || !pod.name.startsWith(`${name}-`)) return false;
  return pod.name.replace(generated, '') === name || /^-\d+$/.test(pod.name.slice(name.length));
}

/** The finding as it is now: on the same object, on the pod in its place, or on what the plan touches for its sake. */
export function remaining(finding: Finding, { actions, facts }: Plan, after: Diagnosis): Cause | undefined {
  const touched = new Set([...(facts.workloads ?? []), ...actions.map(({ request }) => refKey(request.target))]);
  const isIt = (other: Finding): boolean => other.code === finding.code
    && (placeOf(other) === placeOf(finding) || touched.has(refKey(other.object)) || isPodOf(other.object, finding.object));
  return troubles(after).find((cause) => findingsOf(cause).some(isIt));
}

/** What is there now and was not before; what began before the change did is not its doing. */
export function worse(before: SeenBefore, began: string, scope: Scope, after: Diagnosis): readonly Cause[] {
  const known = new Set(before.findings.map(placeOf));
  return troubles(after).filter((cause) => within(cause, scope) && !known.has(placeOf(cause)) && !(cause.since !== '' && Date.parse(cause.since) < Date.parse(began)));
}

/** What could be seen before and cannot be seen now: nothing is concluded from not seeing. */
export function newBlindSpots(before: SeenBefore, after: Diagnosis): readonly string[] {
  return after.blindSpots.map(({ what }) => what).filter((what) => !before.blindSpots.includes(what));
}
