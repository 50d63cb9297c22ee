import type { SeenBefore } from '@autodevops/domain/change/change';
import type { Plan } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis, Symptom } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refKey } from '@autodevops/domain/object-ref';
import { toldBy } from '../../scarlet/action-request.ts';
import { steersTool } from '../facts/steers-tool.ts';

/** Where a change reaches: what is judged before and after. */
export interface Scope {
  /** Everything in these counts. */
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

function placesOf(objects: readonly ObjectRef[]): readonly string[] {
  return objects
    .map(({ kind, namespace, name }) => (kind === 'Namespace' ? name : namespace))
    .filter((namespace) => namespace !== '');
}

/** Beside an object that steers a tool lie those of others: where the tool changes something is told by the blast radius. */
export function scopeOf({ actions, facts: { blastRadius } }: Plan): Scope {
  const objects = actions.map(({ request }) => request.target);
  const places = placesOf(blastRadius === undefined ? objects : objects.filter((object) => !steersTool(object)));
  return { namespaces: [...new Set([...(blastRadius?.namespaces ?? []), ...places])].toSorted(), objects };
}

/** What has to be looked at to judge a change: where it reaches, and what it is to make go. */
export function scopeToSee(plan: Plan, finding: Finding | undefined): Scope {
  const scope = scopeOf(plan);
  return finding === undefined ? scope : { ...scope, objects: [...scope.objects, finding.object] };
}

/**
 * Namespaces that have to be read to see all of the scope; none: the whole cluster. What lies in no namespace is told in
 * an answer about everything alone.
 */
export function namespacesToRead({ namespaces, objects }: Scope): readonly string[] {
  const places = placesOf(objects);
  return places.length < objects.length ? [] : [...new Set([...namespaces, ...places])].toSorted();
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

/** What was wrong within the reach of a change before it was done: the bar for "nothing else got worse". */
export function seenBefore(diagnosis: Diagnosis, scope: Scope): SeenBefore {
  const findings = troubles(diagnosis)
    .flatMap(findingsOf)
    .filter((finding) => within(finding, scope));
  return {
    findings: findings.slice(0, most).map(({ code, object }) => ({ code, object })),
    blindSpots: diagnosis.blindSpots.map(({ what }) => what),
  };
}

/** Whether a pod is one of a workload's, by how controllers name them. */
function isPodOf(pod: ObjectRef, { namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): boolean {
  if (pod.kind !== 'Pod' || pod.namespace !== namespace || !pod.name.startsWith(`${name}-`)) return false;
  return pod.name.replace(generated, '') === name || /^-\d+$/.test(pod.name.slice(name.length));
}

/** Whether a finding is on what the plan touches: its targets, their workloads and pods, the Services before them. */
function concerns({ object }: Finding, { actions, facts }: Plan): boolean {
  const targets = actions.map(({ request: { target } }) => target);
  const touched = new Set([
    ...(facts.workloads ?? []),
    ...targets.map(refKey),
    ...(facts.blastRadius?.services ?? []).map((service) => `Service/${service}`),
  ]);
  return touched.has(refKey(object)) || targets.some((target) => isPodOf(object, target));
}

/** What the change has touched that is ill now, and was not before it. */
export function harmed(plan: Plan, before: SeenBefore, began: string, after: Diagnosis): readonly Cause[] {
  return worse(plan, before, began, after).filter((cause) =>
    findingsOf(cause).some((finding) => concerns(finding, plan)),
  );
}

/** The finding as it is now: on the same object, on the pod in its place, or on what the plan touches for its sake. */
export function remaining(finding: Finding, { actions, facts }: Plan, after: Diagnosis): Cause | undefined {
  const touched = new Set([...(facts.workloads ?? []), ...actions.map(({ request }) => refKey(request.target))]);
  const isIt = (other: Finding): boolean =>
    other.code === finding.code &&
    (placeOf(other) === placeOf(finding) || touched.has(refKey(other.object)) || isPodOf(other.object, finding.object));
  return troubles(after).find((cause) => findingsOf(cause).some(isIt));
}

/**
 * Whether a cause says no more than that the plan was carried out: that a rollout is paused which was to be. What else
 * the plan does may be behind its symptoms, so these have to be known.
 */
function saysItWasDone({ code, object, symptoms }: Cause, { actions }: Plan, known: ReadonlySet<string>): boolean {
  const told = ({ request }: Plan['actions'][number]): boolean =>
    refKey(request.target) === refKey(object) && toldBy(request.action).includes(code);
  return actions.every(told) || (actions.some(told) && symptoms.every((symptom) => known.has(placeOf(symptom))));
}

/** What is there now and was not before; neither what began before the change did nor what it was to bring about. */
export function worse(plan: Plan, before: SeenBefore, began: string, after: Diagnosis): readonly Cause[] {
  const scope = scopeOf(plan);
  const known = new Set(before.findings.map(placeOf));
  return troubles(after).filter(
    (cause) =>
      within(cause, scope) &&
      !known.has(placeOf(cause)) &&
      !(cause.since !== '' && Date.parse(cause.since) < Date.parse(began)) &&
      !saysItWasDone(cause, plan, known),
  );
}

/** What could be seen before and cannot be seen now: nothing is concluded from not seeing. */
export function newBlindSpots(before: SeenBefore, after: Diagnosis): readonly string[] {
  return after.blindSpots.map(({ what }) => what).filter((what) => !before.blindSpots.includes(what));
}
