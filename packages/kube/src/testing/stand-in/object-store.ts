import { EventEmitter } from 'node:events';
import { keyOfObject } from './raw-object.ts';
import type { RawObject } from './raw-object.ts';
import { resourceFor, resourceKey, resourcesOf } from './resource.ts';
import type { Resource } from './resource.ts';

/** A scripted change: `put` adds or replaces, `delete` removes. */
export interface Change {
  readonly type: 'put' | 'delete';
  readonly object: RawObject;
}

export interface StoredEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly object: RawObject;
  /** Before the change: a selector may have matched then and not now. */
  readonly before: RawObject | undefined;
}

/** Objects by resource, one growing version, and the changes since it began. */
export interface ObjectStore {
  readonly resources: readonly Resource[];
  readonly version: () => number;
  /** Sorted by namespace and name. */
  readonly list: (resource: Resource) => readonly RawObject[];
  readonly get: (resource: Resource, key: string) => RawObject | undefined;
  readonly apply: (change: Change) => void;
  /** Changes after a version; undefined when they are no longer all there. */
  readonly since: (version: number) => readonly StoredEvent[] | undefined;
  readonly onEvent: (listener: (event: StoredEvent) => void) => () => void;
  /** Forgets the changes, as etcd's compaction does: older versions can no longer be watched from. */
  readonly compact: () => void;
}

function versionOf(object: RawObject): number {
  const version = Number(object.metadata.resourceVersion);
  return Number.isSafeInteger(version) && version > 0 ? version : 0;
}

function withMetadata(object: RawObject, version: number): RawObject {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, uid: metadata.uid ?? `replay-${version}`, resourceVersion: String(version) } };
}

export function createObjectStore(objects: readonly RawObject[]): ObjectStore {
  const resources = resourcesOf(objects);
  const held = new Map<string, Map<string, RawObject>>(resources.map((resource) => [resourceKey(resource), new Map()]));
  const sorted = new Map<string, readonly RawObject[]>();
  const events = new EventEmitter().setMaxListeners(0);
  let version = objects.reduce((highest, object) => Math.max(highest, versionOf(object)), 1);
  let history: StoredEvent[] = [];

  const placeOf = (object: RawObject): { resource: Resource; map: Map<string, RawObject> } | undefined => {
    const resource = resourceFor(object, resources);
    const map = resource === undefined ? undefined : held.get(resourceKey(resource));
    return resource === undefined || map === undefined ? undefined : { resource, map };
  };
  for (const object of objects) placeOf(object)?.map.set(keyOfObject(object), versionOf(object) > 0 ? object : withMetadata(object, ++version));
  let oldest = version;

  const apply = ({ type, object }: Change): void => {
    const place = placeOf(object);
    if (place === undefined) throw new Error(`no ${object.apiVersion} ${object.kind} is served`);
    const key = keyOfObject(object);
    const before = place.map.get(key);
    if (type === 'delete' && before === undefined) return;
    const now = withMetadata(type === 'delete' ? (before ?? object) : object, ++version);
    if (type === 'delete') place.map.delete(key);
    else place.map.set(key, now);
    sorted.delete(resourceKey(place.resource));
    const event: StoredEvent = { version, type: type === 'delete' ? 'DELETED' : before === undefined ? 'ADDED' : 'MODIFIED', resource: place.resource, object: now, before };
    history.push(event);
    events.emit('event', event);
  };
  return {
    resources,
    version: () => version,
    list: (resource) => {
      const key = resourceKey(resource);
      const known = sorted.get(key);
      if (known !== undefined) return known;
      const all = [...(held.get(key)?.entries() ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
      sorted.set(key, all);
      return all;
    },
    get: (resource, key) => held.get(resourceKey(resource))?.get(key),
    apply,
    since: (from) => (from < oldest ? undefined : history.filter((event) => event.version > from)),
    onEvent: (listener) => {
      events.on('event', listener);
      return () => void events.off('event', listener);
    },
    compact: () => {
      history = [];
      oldest = version;
    },
  };
}
