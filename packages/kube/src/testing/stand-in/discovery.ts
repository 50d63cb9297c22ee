import { notFound } from './api-status.ts';
import { groupVersion } from './resource.ts';
import type { Resource } from './resource.ts';

const verbs = ['get', 'list', 'watch'];

function groupsOf(resources: readonly Resource[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { group, version } of resources) {
    const versions = groups.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    groups.set(group, versions);
  }
  return groups;
}

function resourcesIn(resources: readonly Resource[], group: string, version: string): readonly Resource[] {
  return resources.filter((one) => one.group === group && one.version === version);
}

/** Aggregated discovery (`apidiscovery.k8s.io/v2`): everything in one answer. */
export function aggregated(resources: readonly Resource[], core: boolean): Record<string, unknown> {
  const groups = [...groupsOf(resources)].filter(([group]) => (group === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(([group, versions]) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map((version) => ({
        version,
        freshness: 'Current',
        resources: resourcesIn(resources, group, version).map(({ plural, kind, namespaced }) => ({
          resource: plural,
          responseKind: { group, version, kind },
          scope: namespaced ? 'Namespaced' : 'Cluster',
          singularResource: kind.toLowerCase(),
          verbs,
        })),
      })),
    })),
  };
}

function apiGroup(group: string, versions: readonly string[]): Record<string, unknown> {
  const all = versions.map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: all, preferredVersion: all[0] };
}

/** The older form, an answer per step: `/api`, `/apis`, `/apis/GROUP`, `/apis/GROUP/VERSION`, `/api/v1`. */
export function stepwise(resources: readonly Resource[], parts: readonly string[]): Record<string, unknown> {
  const groups = groupsOf(resources);
  const [root, ...rest] = parts;
  const [group, version] = root === 'api' ? ['', rest[0]] : [rest[0], rest[1]];
  if (root === 'api' && version === undefined) return { kind: 'APIVersions', versions: groups.get('') ?? ['v1'], serverAddressByClientCIDRs: [] };
  if (group === undefined) return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...groups].filter(([one]) => one !== '').map(([one, versions]) => apiGroup(one, versions)) };
  const versions = groups.get(group);
  if (versions === undefined || (version !== undefined && !versions.includes(version))) throw notFound();
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, versions) };
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersion({ group, version }),
    resources: resourcesIn(resources, group, version).map(({ plural, kind, namespaced }) => ({ name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs })),
  };
}
