import { splitApiVersion } from '@autodevops/domain/kubernetes/api-version';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { resourceOfDefinition } from './custom-definition.ts';
import { guessPlural } from './plural.ts';
import type { RawObject } from '../recording.ts';
import type { Resource } from './resource.ts';

/** Groups of custom resources that have a shape of their own here: served only where the recording has them. */
const installedGroups: ReadonlySet<string> = new Set(['gateway.networking.k8s.io']);
/** Groups of the API server itself (and of the metrics server) of which the domain has no kinds. */
const otherBuiltInGroups = [
  'events.k8s.io',
  'node.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'resource.k8s.io',
  'extensions',
  'metrics.k8s.io',
];
const inCategoryAll: ReadonlySet<string> = new Set(
  'Pod Service ReplicationController Deployment ReplicaSet StatefulSet DaemonSet Job CronJob HorizontalPodAutoscaler'.split(
    ' ',
  ),
);

const known: readonly Resource[] = kindNames.map((kind) => {
  const { group, versions, plural, namespaced, shortNames } = kinds[kind];
  const custom = installedGroups.has(group);
  const categories = inCategoryAll.has(kind) ? ['all'] : [];
  return {
    group,
    versions: custom ? versions : versions.slice(0, 1),
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced,
    shortNames,
    categories,
    custom,
  };
});
const builtInGroups: ReadonlySet<string> = new Set([
  ...known.filter((item) => !item.custom).map((item) => item.group),
  ...otherBuiltInGroups,
]);

function keyOf(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function guessed(object: RawObject, group: string, version: string): Resource {
  const { kind } = object;
  const namespaced = object.metadata.namespace !== undefined && object.metadata.namespace !== '';
  const custom = !builtInGroups.has(group);
  return {
    group,
    versions: [version],
    plural: guessPlural(kind),
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced,
    shortNames: [],
    categories: [],
    custom,
  };
}

/** The kinds that the server serves: those built in, and every other that an object or a definition shows. */
export class ResourceCatalog {
  readonly #byKind = new Map<string, Resource>();
  #byPath = new Map<string, Resource>();

  constructor(objects: readonly RawObject[]) {
    for (const resource of known) if (!resource.custom) this.#put(resource);
    for (const object of objects) this.#define(object);
    for (const object of objects) this.learn(object);
  }

  /** The resource of an object; a kind or version that was not served until now is served from here on. */
  learn(object: RawObject): Resource {
    this.#define(object);
    const { group, version } = splitApiVersion(object.apiVersion);
    const key = keyOf(group, object.kind);
    const held =
      this.#byKind.get(key) ??
      known.find((item) => keyOf(item.group, item.kind) === key) ??
      guessed(object, group, version);
    const resource = held.versions.includes(version) ? held : { ...held, versions: [...held.versions, version] };
    if (this.#byKind.get(key) !== resource) this.#put(resource);
    return resource;
  }

  get all(): readonly Resource[] {
    return [...this.#byKind.values()];
  }

  hasGroup(group: string): boolean {
    return this.all.some((resource) => resource.group === group);
  }

  /** Undefined when the group does not serve that plural in that version. */
  find(group: string, version: string, plural: string): Resource | undefined {
    const resource = this.#byPath.get(keyOf(group, plural));
    return resource?.versions.includes(version) === true ? resource : undefined;
  }

  #define(object: RawObject): void {
    const defined = resourceOfDefinition(object);
    if (defined !== undefined) this.#put(defined);
  }

  #put(resource: Resource): void {
    this.#byKind.set(keyOf(resource.group, resource.kind), resource);
    this.#byPath = new Map([...this.#byKind.values()].map((item) => [keyOf(item.group, item.plural), item]));
  }
}
