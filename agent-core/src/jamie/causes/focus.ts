import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isKindName, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dependenciesOf, ownedTree } from '../../graph/graph.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { nearMatches } from '../../reading/near-match.ts';

/** An object that was asked about. Without a namespace: in whichever namespaces it is. */
export interface Focus {
  readonly kind: KindName;
  readonly name: string;
  readonly namespace?: string;
}

function named(snapshot: Snapshot, focus: Focus): readonly ObjectOf<KindName>[] {
  const all = snapshot.list(focus.kind).filter((o) => o.metadata.name === focus.name);
  return focus.namespace === undefined || !kinds[focus.kind].namespaced
    ? all
    : all.filter((o) => o.metadata.namespace === focus.namespace);
}

/** The objects that were asked about. Throws `object.not-found`, with near matches, when there is none of that name. */
export function focusObjects(snapshot: Snapshot, focus: Focus): readonly ObjectRef[] {
  const found = named(snapshot, focus);
  if (found.length > 0) return found.map((object) => refTo(focus.kind, object));
  const names = snapshot.list(focus.kind).map((o) => o.metadata.name);
  const near = nearMatches(focus.name, names);
  const where = focus.namespace === undefined ? '' : ` in namespace ${focus.namespace}`;
  throw new AutoDevOpsError(
    'object.not-found',
    `There is no ${focus.kind} "${focus.name}"${where}.`,
    near.length > 0
      ? `Did you mean ${near.map((n) => `"${n}"`).join(', ')}?`
      : remedy`${{ do: 'ask', question: `list ${kinds[focus.kind].plural}` }} shows those that exist.`,
  );
}

function ancestors(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const found: ObjectRef[] = [];
  let current: ObjectRef | undefined = ref;
  while (current !== undefined && found.length < 5 && isKindName(current.kind)) {
    const object: ObjectOf<KindName> | undefined = snapshot.get(current.kind, current.namespace, current.name);
    current = object === undefined ? undefined : controllerOf(object);
    if (current !== undefined) found.push(current);
  }
  return found;
}

/** Keys of the objects, what they own and are owned by, and what they stand on. */
export function neighbourhood(snapshot: Snapshot, refs: readonly ObjectRef[]): ReadonlySet<string> {
  const own = refs.flatMap((ref) => [ref, ...ancestors(snapshot, ref), ...ownedTree(snapshot, ref)]);
  const keys = new Set(own.map(refKey));
  for (const ref of own) for (const dependency of dependenciesOf(snapshot, ref)) keys.add(refKey(dependency));
  return keys;
}

/** True when the cause, or one of its symptoms, is at one of the objects. */
export function concerns(cause: Cause, keys: ReadonlySet<string>): boolean {
  return keys.has(refKey(cause.object)) || cause.symptoms.some((symptom) => keys.has(refKey(symptom.object)));
}
