import { isOutside } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, Operation } from '@autodevops/domain/change/operation';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Draft } from '../../scarlet/action.ts';

/** What one action does to running pods. */
export interface Touch {
  readonly operations: readonly Operation[];
  readonly pods: readonly Manifest[];
  /** How many of the pods may be away at the same time. */
  readonly atOnce: number;
  /** Objects that a tool changes for it; absent: none but those of the operations. */
  readonly reaches?: readonly ObjectName[];
  /** Tools whose own way of doing it this is. */
  readonly by?: Draft['by'];
}

/** The object that an operation is about. */
export function objectNameOf(operation: ClusterOperation): ObjectName {
  if (operation.verb !== 'create' && operation.verb !== 'apply') {
    const { apiVersion, kind, namespace, name } = operation.target;
    return { apiVersion, kind, namespace, name };
  }
  const { apiVersion, kind, metadata } = operation.object;
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

export function manifestKey(object: Manifest): string {
  return refKey({ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name });
}

/** Names of the objects of the cluster that are changed, each once. */
export function changedObjects(touches: readonly Touch[]): readonly ObjectName[] {
  const named = touches.flatMap(({ operations }) =>
    operations.flatMap((operation) => (isOutside(operation) ? [] : [objectNameOf(operation)])),
  );
  return [...new Map(named.map((name) => [refKey(name), name])).values()];
}

/** Objects that are changed, and those that a tool changes because of it, each once. */
export function reachedObjects(touches: readonly Touch[]): readonly ObjectName[] {
  const reached = [...changedObjects(touches), ...touches.flatMap(({ reaches = [] }) => reaches)];
  return [...new Map(reached.map((name) => [refKey(name), name])).values()];
}

export function labelsOf(object: Manifest): Readonly<Record<string, string>> {
  const labels = object.metadata['labels'];
  return typeof labels === 'object' && labels !== null ? (labels as Readonly<Record<string, string>>) : {};
}
