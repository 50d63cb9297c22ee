import type { Change, RawObject } from './recording.ts';
import { asRawObject } from './recording.ts';
import { ResourceCatalog } from './resources/resource-catalog.ts';
import type { Resource } from './resources/resource.ts';
import { WatchWindow } from './watching/watch-window.ts';
import type { StoredChange } from './watching/watch-window.ts';

type Listener = (change: StoredChange) => void;

export function storageKey(resource: Pick<Resource, 'group' | 'plural'>): string {
  return `${resource.group}/${resource.plural}`;
}

/** Where an object stands in a list: the API server sorts by it. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? `/${name}` : `/${namespace}/${name}`;
}

function versionOf(object: RawObject): number {
  const version = Number(object.metadata.resourceVersion ?? 0);
  return Number.isSafeInteger(version) && version > 0 ? version : 0;
}

function withVersion(object: RawObject, version: number): RawObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}

/** The objects of the recorded cluster as they are now, and what changed of late. */
export class ObjectStore {
  readonly catalog: ResourceCatalog;
  readonly window: WatchWindow;
  readonly #objects = new Map<string, Map<string, RawObject>>();
  readonly #listeners = new Set<Listener>();
  #version: number;

  constructor(recorded: readonly Readonly<Record<string, unknown>>[], windowSize: number) {
    const objects = recorded.map(asRawObject);
    this.catalog = new ResourceCatalog(objects);
    this.#version = objects.reduce((newest, object) => Math.max(newest, versionOf(object)), 1);
    for (const object of objects) {
      const key = objectKey(object.metadata.namespace, object.metadata.name);
      const held = this.#of(storageKey(this.catalog.learn(object)));
      held.set(key, versionOf(object) > 0 ? object : withVersion(object, this.#version));
    }
    this.window = new WatchWindow(this.#version, windowSize);
  }

  /** The version of the whole: what lists are stamped with. */
  get version(): number {
    return this.#version;
  }

  /** The objects of a resource, in the order of lists; those of one namespace only when it is given. */
  list(resource: Resource, namespace: string | undefined): readonly (readonly [key: string, object: RawObject])[] {
    const entries = [...this.#of(storageKey(resource))].filter(
      ([, object]) => namespace === undefined || object.metadata.namespace === namespace,
    );
    return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  get(resource: Resource, namespace: string | undefined, name: string): RawObject | undefined {
    return this.#of(storageKey(resource)).get(objectKey(namespace, name));
  }

  /** Whether anything lives in that namespace. */
  hasNamespace(namespace: string): boolean {
    return [...this.#objects.values()].some((held) => [...held.keys()].some((key) => key.startsWith(`/${namespace}/`)));
  }

  /** Takes a change, tells the watchers and gives back the object with its version. Deleting what is not there changes nothing. */
  apply(change: Change): RawObject | undefined {
    const given = asRawObject(change.object);
    const resource = storageKey(this.catalog.learn(given));
    const held = this.#of(resource);
    const key = objectKey(given.metadata.namespace, given.metadata.name);
    const before = held.get(key);
    if (change.type === 'DELETED' && before === undefined) return undefined;
    this.#version += 1;
    const object = withVersion(given, this.#version);
    if (change.type === 'DELETED') held.delete(key);
    else held.set(key, object);
    const stored = { version: this.#version, type: change.type, object, before, resource };
    this.window.push(stored);
    for (const listener of this.#listeners) listener(stored);
    return object;
  }

  /** Gives a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #of(resource: string): Map<string, RawObject> {
    const held = this.#objects.get(resource) ?? new Map<string, RawObject>();
    this.#objects.set(resource, held);
    return held;
  }
}
