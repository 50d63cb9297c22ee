import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import { reviewResources } from '../reviews/access-review.ts';
import type { Resource } from './resource.ts';

/** A part of a resource with a path of its own, below an object's. */
interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  /** Where its kind is of another group than the resource. */
  readonly of?: { readonly group: string; readonly version: string };
}

interface ServedResource extends Resource {
  readonly verbs: readonly string[];
  readonly subresources: readonly Subresource[];
}

interface ServedVersion {
  readonly version: string;
  readonly resources: readonly ServedResource[];
}

export interface ServedGroup {
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

/** What can be changed; absent: nothing. */
export interface Writes {
  readonly hasScale: (resource: Resource) => boolean;
}

function subresourcesOf(resource: Resource, writes: Writes | undefined): readonly Subresource[] {
  const isPod = resource.group === '' && resource.plural === 'pods';
  return [
    ...(isPod && writes !== undefined
      ? [{ name: 'eviction', kind: 'Eviction', verbs: ['create'], of: { group: 'policy', version: 'v1' } }]
      : []),
    ...(isPod ? [{ name: 'log', kind: 'Pod', verbs: ['get'] }] : []),
    ...(writes?.hasScale(resource) === true
      ? [{ name: 'scale', kind: 'Scale', verbs: ['get', 'patch'], of: { group: 'autoscaling', version: 'v1' } }]
      : []),
  ];
}

function served(resource: Resource, writes: Writes | undefined): ServedResource {
  const verbs = reviewResources.includes(resource)
    ? ['create']
    : writes === undefined
      ? ['get', 'list', 'watch']
      : ['create', 'delete', 'get', 'list', 'patch', 'watch'];
  return { ...resource, verbs, subresources: subresourcesOf(resource, writes) };
}

/** Every group with its versions, in the order in which they are first seen; the core group is named ''. */
export function servedGroups(resources: readonly Resource[], writes?: Writes): readonly ServedGroup[] {
  const all = [...resources, ...reviewResources].map((resource) => served(resource, writes));
  return [...new Set(all.map((resource) => resource.group))].map((name) => {
    const members = all.filter((resource) => resource.group === name);
    const versions = [...new Set(members.flatMap((resource) => resource.versions))].sort((a, b) => rank(b) - rank(a));
    return {
      name,
      versions: versions.map((version) => ({
        version,
        resources: members.filter((item) => item.versions.includes(version)),
      })),
    };
  });
}

function optionalLists({ shortNames, categories }: Resource): object {
  return { ...(shortNames.length === 0 ? {} : { shortNames }), ...(categories.length === 0 ? {} : { categories }) };
}

/** `/api` or `/apis` in the one document that newer clients ask for. */
export function aggregatedDiscovery(groups: readonly ServedGroup[]): unknown {
  const responseKind = (kind: string, of: Subresource['of']): object => ({
    group: of?.group ?? '',
    version: of?.version ?? '',
    kind,
  });
  const describe = (resource: ServedResource): object => ({
    resource: resource.plural,
    responseKind: responseKind(resource.kind, undefined),
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...optionalLists(resource),
    ...(resource.subresources.length === 0
      ? {}
      : {
          subresources: resource.subresources.map(({ name, kind, verbs, of }) => ({
            subresource: name,
            responseKind: responseKind(kind, of),
            verbs,
          })),
        }),
  });
  const items = groups.map((group) => ({
    metadata: group.name === '' ? {} : { name: group.name },
    versions: group.versions.map(({ version, resources }) => ({
      version,
      resources: resources.map(describe),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function describeGroup(group: ServedGroup): object {
  const versions = group.versions.map(({ version }) => ({
    groupVersion: joinApiVersion(group.name, version),
    version,
  }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

export function apiVersions(groups: readonly ServedGroup[], address: string): unknown {
  const versions = groups
    .filter((group) => group.name === '')
    .flatMap((group) => group.versions.map((item) => item.version));
  return {
    kind: 'APIVersions',
    versions,
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  };
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
    const itself = { name, singularName, namespaced, kind, verbs: resource.verbs, ...optionalLists(resource) };
    return [
      itself,
      ...resource.subresources.map((part) => ({
        name: `${name}/${part.name}`,
        singularName: '',
        namespaced,
        ...part.of,
        kind: part.kind,
        verbs: part.verbs,
      })),
    ];
  });
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: joinApiVersion(group.name, version),
    resources: described,
  };
}
