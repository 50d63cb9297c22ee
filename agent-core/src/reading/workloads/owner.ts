import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** The controller that an object names as its owner, whether or not the snapshot holds it. */
export function controllerOf(object: { readonly metadata: Metadata }): ObjectRef | undefined {
  const owners = object.metadata.ownerReferences;
  const owner = owners.find((o) => o.controller === true) ?? owners[0];
  if (owner === undefined) return undefined;
  const { apiVersion, kind, name, uid } = owner;
  return { apiVersion, kind, namespace: object.metadata.namespace, name, uid };
}

/**
 * The topmost controller that can be seen: the Deployment of a pod's ReplicaSet, the CronJob of its Job. The object
 * itself when nothing owns it. A ReplicaSet that is not in the snapshot still gives its Deployment's name where the
 * pod-template-hash label tells where the name ends.
 */
export function topOwner(
  snapshot: Snapshot,
  kind: Parameters<typeof refTo>[0],
  object: { readonly metadata: Metadata },
): ObjectRef {
  let ref = refTo(kind, object);
  let current: { readonly metadata: Metadata } = object;
  for (let depth = 0; depth < 5; depth += 1) {
    const owner = controllerOf(current);
    if (owner === undefined || owner.kind === 'Node') return ref;
    const found = isKindName(owner.kind) ? snapshot.get(owner.kind, owner.namespace, owner.name) : undefined;
    if (found === undefined) return unseenOwner(owner, current);
    ref = owner;
    current = found;
  }
  return ref;
}

function unseenOwner(owner: ObjectRef, owned: { readonly metadata: Metadata }): ObjectRef {
  const hash = owned.metadata.labels['pod-template-hash'];
  if (owner.kind !== 'ReplicaSet' || hash === undefined || !owner.name.endsWith(`-${hash}`)) return owner;
  return { ...owner, kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1), uid: '' };
}

/** What people would edit to change this pod: its topmost controller, or the pod. */
export function workloadOf(snapshot: Snapshot, pod: Pod): ObjectRef {
  return topOwner(snapshot, 'Pod', pod);
}
