import { isKindName, kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { fieldAt } from './raw-object.ts';
import type { RawObject } from './raw-object.ts';

/** One resource that is served: a kind in one version. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Kinds of the API server itself: their lists leave `kind` and `apiVersion` out of the items. */
  readonly builtIn: boolean;
}

/** `apps/v1/deployments`; the core group is empty: `/v1/pods`. */
export function resourceKey(resource: Pick<Resource, 'group' | 'version' | 'plural'>): string {
  return `${resource.group}/${resource.version}/${resource.plural}`;
}

export function groupVersion(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

function splitVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Served by definitions that are installed, not by the API server itself. */
const installed = 'gateway.networking.k8s.io';

function ofDefinition(object: RawObject): readonly Resource[] {
  const versions = (object['spec'] as { versions?: readonly { name?: string; served?: boolean }[] } | undefined)?.versions ?? [];
  const at = (path: string): string => fieldAt(object, path);
  return versions.flatMap(({ name, served }) =>
    name === undefined || served === false
      ? []
      : [{ group: at('spec.group'), version: name, plural: at('spec.names.plural'), kind: at('spec.names.kind'), namespaced: at('spec.scope') !== 'Cluster', builtIn: false }],
  );
}

function ofObject(object: RawObject, known: readonly Resource[]): Resource {
  const { group, version } = splitVersion(object.apiVersion);
  const { kind } = object;
  const sibling = known.find((one) => one.group === group && one.kind === kind);
  if (sibling !== undefined) return { ...sibling, version };
  const info = isKindName(kind) ? kinds[kind] : undefined;
  if (info !== undefined && info.group === group) return { group, version, plural: info.plural, kind, namespaced: info.namespaced, builtIn: group !== installed };
  const lower = kind.toLowerCase();
  const plural = lower.endsWith('s') ? `${lower}es` : lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  return { group, version, plural, kind, namespaced: object.metadata.namespace !== undefined, builtIn: false };
}

/** What the stand-in serves: every kind of a bare cluster, what its definitions describe, and whatever else it holds. */
export function resourcesOf(objects: readonly RawObject[]): readonly Resource[] {
  const found = new Map<string, Resource>();
  const add = (resource: Resource): void => {
    const key = resourceKey(resource);
    if (!found.has(key)) found.set(key, resource);
  };
  for (const kind of kindNames) {
    const { group, versions, plural, namespaced } = kinds[kind];
    if (group !== installed) add({ group, version: versions[0] ?? 'v1', plural, kind, namespaced, builtIn: true });
  }
  for (const object of objects) if (object.kind === 'CustomResourceDefinition') ofDefinition(object).forEach(add);
  for (const object of objects) add(ofObject(object, [...found.values()]));
  return [...found.values()];
}

/** The resource that an object belongs to. */
export function resourceFor(object: RawObject, resources: readonly Resource[]): Resource | undefined {
  const { group, version } = splitVersion(object.apiVersion);
  return resources.find((one) => one.group === group && one.version === version && one.kind === object.kind);
}
