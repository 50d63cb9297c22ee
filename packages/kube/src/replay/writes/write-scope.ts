import type { ObjectStore } from '../object-store.ts';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';
import { notFound } from '../serving/status.ts';
import type { Writer } from './managed-fields.ts';

/** Where and on whose behalf something is written. */
export interface WriteScope {
  readonly store: ObjectStore;
  readonly resource: Resource;
  readonly namespace: string | undefined;
  /** Everything is done but keeping it. */
  readonly dryRun: boolean;
  readonly writer: Writer;
}

/** The object. Throws the Status 404. */
export function existing({ store, resource, namespace }: WriteScope, name: string): RawObject {
  const object = store.get(resource, namespace, name);
  if (object === undefined) throw notFound({ group: resource.group, plural: resource.plural, name });
  return object;
}

/** Keeps an object and gives it back with its new version; a dry run keeps nothing. */
export function keep(
  { store, dryRun }: WriteScope,
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  object: RawObject,
): RawObject {
  return dryRun ? object : (store.apply({ type, object }) ?? object);
}
