import { isRecord } from '@autodevops/domain/raw-record';
import type { ObjectStore } from '../object-store.ts';
import type { Resource } from '../resources/resource.ts';

function definitionOf(store: ObjectStore, { group, plural }: Resource): Readonly<Record<string, unknown>> | undefined {
  const definitions = store.catalog.find('apiextensions.k8s.io', 'v1', 'customresourcedefinitions');
  return definitions === undefined ? undefined : store.get(definitions, undefined, `${plural}.${group}`);
}

/** A subresource that the definition of a custom resource turns on; undefined when there is no definition to ask. */
export function definedSubresource(store: ObjectStore, resource: Resource, name: 'status' | 'scale'): unknown {
  const definition = definitionOf(store, resource);
  if (definition === undefined) return undefined;
  const spec = definition['spec'];
  const versions = isRecord(spec) && Array.isArray(spec['versions']) ? spec['versions'].filter(isRecord) : [];
  const found = versions
    .map(({ subresources }) => (isRecord(subresources) ? subresources[name] : undefined))
    .find((subresource) => subresource !== undefined);
  return found ?? false;
}

/** Whether `status` is written apart, so that writing the object leaves it as it is. Without a definition it counts as apart. */
export function keepsStatusApart(store: ObjectStore, resource: Resource): boolean {
  return !resource.custom || definedSubresource(store, resource, 'status') !== false;
}
