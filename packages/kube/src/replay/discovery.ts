import { reviewResources } from './access-review.ts';
import { joinApiVersion } from './resource.ts';
import type { Resource } from './resource.ts';

interface ServedVersion {
  readonly version: string;
  readonly resources: readonly Resource[];
}

interface ServedGroup {
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly ServedVersion[];
}

/** v2 before v1 before v2beta1 before v1alpha2, and anything else last: how the API server ranks versions. */
function rank(version: string): number {
  const parts = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (parts === null) return -1;
  const stability = parts[2] === undefined ? 2 : parts[2] === 'beta' ? 1 : 0;
  return stability * 1e6 + Number(parts[1]) * 1e3 + Number(parts[3] ?? 0);
}

/** Every group with its versions, in the order in which they are first seen; the core group is named ''. */
export function servedGroups(resources: readonly Resource[]): readonly ServedGroup[] {
  const all = [...resources, ...reviewResources];
  return [...new Set(all.map((resource) => resource.group))].map((name) => {
    const members = all.filter((resource) => resource.group === name);
    const versions = [...new Set(members.flatMap((resource) => resource.versions))].sort((a, b) => rank(b) - rank(a));
    return { name, versions: versions.map((version) => ({ version, resources: members.filter((item) => item.versions.includes(version)) })) };
  });
}

function verbsOf(resource: Resource): readonly string[] {
  return reviewResources.includes(resource) ? ['create'] : ['get', 'list', 'watch'];
}

function hasLog(resource: Resource): boolean {
  return resource.group === '' && resource.plural === 'pods';
}

function optionalLists({ shortNames, categories }: Resource): object {
  return { ...(shortNames.length === 0 ? {} : { shortNames }), ...(categories.length === 0 ? {} : { categories }) };
}

/** `/api` or `/apis` in the one document that newer clients ask for. */
export function aggregatedDiscovery(groups: readonly ServedGroup[]): unknown {
  const responseKind = (kind: string): object => ({ group: '', version: '', kind });
  const describe = (resource: Resource): object => ({
    resource: resource.plural,
    responseKind: responseKind(resource.kind),
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: verbsOf(resource),
    ...optionalLists(resource),
    ...(hasLog(resource) ? { subresources: [{ subresource: 'log', responseKind: responseKind(resource.kind), verbs: ['get'] }] } : {}),
  });
  const items = groups.map((group) => ({
    metadata: group.name === '' ? {} : { name: group.name },
    versions: group.versions.map(({ version, resources }) => ({ version, resources: resources.map(describe), freshness: 'Current' })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function describeGroup(group: ServedGroup): object {
  const versions = group.versions.map(({ version }) => ({ groupVersion: joinApiVersion(group.name, version), version }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

export function apiVersions(groups: readonly ServedGroup[], address: string): unknown {
  const versions = groups.filter((group) => group.name === '').flatMap((group) => group.versions.map((item) => item.version));
  return { kind: 'APIVersions', versions, serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }] };
}

export function apiGroupList(groups: readonly ServedGroup[]): unknown {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(describeGroup) };
}

export function apiGroup(group: ServedGroup): unknown {
  return { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) };
}

export function apiResourceList(group: ServedGroup, { version, resources }: ServedVersion): unknown {
  const described = resources.flatMap((resource) => {
    const { plural: name, singular: singularName, namespaced, kind } = resource;
    const itself = { name, singularName, namespaced, kind, verbs: verbsOf(resource), ...optionalLists(resource) };
    return hasLog(resource) ? [itself, { name: `${name}/log`, singularName: '', namespaced, kind, verbs: ['get'] }] : [itself];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: joinApiVersion(group.name, version), resources: described };
}
