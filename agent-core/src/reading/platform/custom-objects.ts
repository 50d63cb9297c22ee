import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { condition } from '@autodevops/domain/kubernetes/metadata';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { listAt } from '../json-value.ts';

/** `apps` of `apps/v1`; empty for the core group. */
export function refToCustom(object: CustomObject): ObjectRef {
  const { name, namespace, uid } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid };
}

/** `status.conditions`, whatever else the status holds. Entries without a type are left out. */
export function conditionsOf(object: CustomObject): readonly Condition[] {
  return listAt(object.status, 'conditions')
    .map(condition.read)
    .filter((c) => c.type !== '');
}

interface CustomIndex {
  readonly byKind: ReadonlyMap<string, readonly CustomObject[]>;
  readonly byName: ReadonlyMap<string, CustomObject>;
  readonly byOwner: ReadonlyMap<string, readonly CustomObject[]>;
}

const held = new WeakMap<readonly CustomObject[], CustomIndex>();

function push(index: Map<string, CustomObject[]>, key: string, object: CustomObject): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [object]);
  else list.push(object);
}

function indexOf(snapshot: Snapshot): CustomIndex {
  const found = held.get(snapshot.custom);
  if (found !== undefined) return found;
  const byKind = new Map<string, CustomObject[]>();
  const byName = new Map<string, CustomObject>();
  const byOwner = new Map<string, CustomObject[]>();
  for (const object of snapshot.custom) {
    const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
    push(byKind, kind, object);
    byName.set(`${kind}/${object.metadata.namespace}/${object.metadata.name}`, object);
    for (const owner of object.metadata.ownerReferences) if (owner.uid !== '') push(byOwner, owner.uid, object);
  }
  const index = { byKind, byName, byOwner };
  held.set(snapshot.custom, index);
  return index;
}

/** Every custom object of a kind, whatever its version. */
export function customOfKind(snapshot: Snapshot, group: string, kind: string): readonly CustomObject[] {
  return indexOf(snapshot).byKind.get(`${group}/${kind}`) ?? [];
}

/** `namespace` is empty for cluster-scoped kinds. */
export function customNamed(
  snapshot: Snapshot,
  at: { group: string; kind: string; namespace: string; name: string },
): CustomObject | undefined {
  return indexOf(snapshot).byName.get(`${at.group}/${at.kind}/${at.namespace}/${at.name}`);
}

/** Custom objects whose ownerReferences name this uid. */
export function customOwnedBy(snapshot: Snapshot, uid: string): readonly CustomObject[] {
  return (uid === '' ? undefined : indexOf(snapshot).byOwner.get(uid)) ?? [];
}

/** What an object owns, what that owns, and so on: one in the middle may have nothing to say. */
export function customDescendants(snapshot: Snapshot, uid: string, depth = 4): readonly CustomObject[] {
  if (depth === 0) return [];
  return customOwnedBy(snapshot, uid).flatMap((owned) => [
    owned,
    ...customDescendants(snapshot, owned.metadata.uid, depth - 1),
  ]);
}
