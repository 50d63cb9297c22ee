import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { isTelling } from '../reader/custom/custom-groups.ts';
import { customSpots, mostInAll, mostOfOne, mostResources } from '../reader/custom/custom-resources.ts';
import type { ServedResource } from '../reader/discovery/discovery.ts';
import { Reflector } from './reflector.ts';
import type { Surroundings } from './surroundings.ts';
import { watchedResource } from './watched.ts';

/** Each watch holds a connection: the resources of other projects, and what is beyond this, are listed now and then. */
const mostWatched = 40;

interface Held {
  readonly resource: ServedResource;
  readonly reflectors: readonly Reflector[];
}

export interface CustomHeld {
  readonly objects: readonly CustomObject[];
  readonly blindSpots: readonly BlindSpot[];
}

function keyOf({ group, version, plural }: ServedResource): string {
  return `${group}/${version}/${plural}`;
}

/** Why there is nothing to see; undefined where there is, or where the resource is not one that can be listed. */
function failureOf({ reflectors }: Held): AutoDevOpsError | undefined {
  const failing = reflectors.find(({ phase }) => phase === 'forbidden' || phase === 'starting');
  return failing?.failure?.code === 'cluster.bad-answer' ? undefined : failing?.failure;
}

/** Keeps custom resources in step, whichever there are. */
export class CustomWatch {
  readonly #shared: Surroundings;
  /** Undefined: every namespace is wanted. */
  readonly #namespaces: readonly string[] | undefined;
  readonly #held = new Map<string, Held>();
  readonly #running = new Set<Promise<void>>();
  #beyond: readonly ServedResource[] = [];
  #joined: { readonly parts: readonly (readonly object[])[]; readonly whole: readonly CustomObject[] } = {
    parts: [],
    whole: [],
  };
  #stopped = false;

  constructor(namespaces: readonly string[] | undefined, shared: Surroundings) {
    this.#shared = shared;
    this.#namespaces = namespaces === undefined ? undefined : [...new Set(namespaces)];
  }

  get reflectors(): readonly Reflector[] {
    return [...this.#held.values()].flatMap(({ reflectors }) => reflectors);
  }

  /** Begins with what is new among the resources, and ends with what is no longer. */
  follow(resources: readonly ServedResource[]): void {
    if (this.#stopped) return;
    const wanted = new Map(resources.slice(0, mostResources).map((resource) => [keyOf(resource), resource]));
    this.#beyond = resources.slice(mostResources);
    for (const [key, { reflectors }] of this.#held) {
      if (wanted.has(key)) continue;
      for (const one of reflectors) one.stop();
      this.#held.delete(key);
      this.#shared.changed('custom');
    }
    for (const [key, resource] of wanted) if (!this.#held.has(key)) this.#held.set(key, this.#begin(resource));
  }

  /** Resolves when each was listed, or could not be. */
  async known(): Promise<void> {
    await Promise.all(this.reflectors.map(({ known }) => known));
  }

  read(): CustomHeld {
    const all = [...this.#held.values()];
    const unread = all.flatMap((one) => {
      const error = failureOf(one);
      return error === undefined ? [] : [{ resource: one.resource, error }];
    });
    const objects = this.#objects();
    const dropping = all
      .filter(({ reflectors }) => reflectors.some(({ store }) => store.dropped > 0))
      .map(({ resource }) => resource);
    const last = objects.length > mostInAll ? all.slice(-1).map(({ resource }) => resource) : [];
    return {
      objects: objects.length > mostInAll ? objects.slice(0, mostInAll) : objects,
      blindSpots: customSpots(unread, [...this.#beyond, ...dropping, ...last]),
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const one of this.reflectors) one.stop();
    await Promise.all(this.#running);
  }

  #begin(resource: ServedResource): Held {
    const watching = [...this.#held.values()].filter(({ reflectors }) =>
      reflectors.some(({ target }) => !target.watched.isPolled),
    ).length;
    const watched = watchedResource(resource, {
      most: mostOfOne,
      isPolled: !isTelling(resource.group) || watching >= mostWatched,
    });
    const places = resource.namespaced ? (this.#namespaces ?? [undefined]) : [undefined];
    const reflectors = places.map((namespace) => new Reflector({ watched, part: 0, namespace }, this.#shared));
    for (const one of reflectors) {
      const running = one.run().finally(() => {
        this.#running.delete(running);
      });
      this.#running.add(running);
    }
    return { resource, reflectors };
  }

  /** Put together anew only when a part changed. */
  #objects(): readonly CustomObject[] {
    const parts = this.reflectors.map(({ store }) => store.list());
    const before = this.#joined.parts;
    if (parts.length !== before.length || parts.some((part, index) => part !== before[index])) {
      this.#joined = { parts, whole: parts.flat() as CustomObject[] };
    }
    return this.#joined.whole;
  }
}
