import type { ClusterOperation } from '@autodevops/domain/change/operation';
import { isOutside } from '@autodevops/domain/change/operation';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { steersTool } from '../../facts/steers-tool.ts';
import type { KnownFacts } from './known-facts.ts';

/** An object that an operation names, with the operation. */
export interface Touched {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly operation: ClusterOperation;
}

function touched(operation: ClusterOperation): Touched {
  if (operation.verb === 'create' || operation.verb === 'apply') {
    const { apiVersion, kind, metadata } = operation.object;
    return { group: groupOf(apiVersion), kind, namespace: metadata.namespace ?? '', name: metadata.name, operation };
  }
  const { apiVersion, kind, namespace, name } = operation.target;
  return { group: groupOf(apiVersion), kind, namespace, name, operation };
}

/** Every object of the cluster that the action's operations name. */
export function touchedBy(action: Pick<PlannedAction, 'operations'>): readonly Touched[] {
  return action.operations.flatMap((operation) => (isOutside(operation) ? [] : [touched(operation)]));
}

/** The namespaces that the action's operations name: of objects, and of what is done outside of the API server. */
export function placesOf(action: Pick<PlannedAction, 'operations'>): readonly string[] {
  const outside = action.operations.flatMap((operation) => {
    if (operation.verb === 'helm-rollback') return [operation.namespace];
    return operation.verb === 'create-silence'
      ? operation.matchers.flatMap(({ name, value }) => (name === 'namespace' ? [value] : []))
      : [];
  });
  return [...new Set([...touchedBy(action).map(placeOf), ...outside])];
}

/** Namespaces in which a tool does what an action asks it for, as far as that is known; none where no tool is asked. */
export function placesOfTool(
  { request: { target } }: Pick<PlannedAction, 'request'>,
  { blastRadius }: KnownFacts,
): readonly string[] {
  return steersTool(target) ? (blastRadius?.namespaces ?? []) : [];
}

/** The namespace that an object lies in; a Namespace lies in itself. Empty for other cluster-scoped objects. */
export function placeOf(object: { readonly kind: string; readonly namespace: string; readonly name: string }): string {
  return object.kind === 'Namespace' ? object.name : object.namespace;
}
