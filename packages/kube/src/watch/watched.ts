import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { customSource } from '../reader/custom/custom-resources.ts';
import type { ServedResource } from '../reader/discovery/discovery.ts';
import { sourcesOf } from '../reader/lists/list-source.ts';
import type { ListSource } from '../reader/lists/list-source.ts';

/** What listeners hear of: a kind, or any of the custom resources. */
export type ChangedKind = KindName | 'custom';

/** What is watched: a kind with a shape of its own, or a custom resource. */
export interface Watched {
  readonly kind: string;
  readonly told: ChangedKind;
  readonly group: string;
  /** In the order of preference. */
  readonly versions: readonly string[];
  readonly namespaced: boolean;
  /** The lists that make it up in a version. */
  readonly sources: (version: string) => readonly ListSource[];
  /** So many of its objects are held. */
  readonly most: number;
  /** Listed again and again instead of being watched. */
  readonly isPolled: boolean;
}

export function watchedKind(kind: KindName, most = Number.POSITIVE_INFINITY): Watched {
  const { group, versions, namespaced } = kinds[kind];
  return {
    kind,
    told: kind,
    group,
    versions,
    namespaced,
    most,
    isPolled: false,
    sources: (version) => sourcesOf(kind, version),
  };
}

export function watchedResource(
  resource: ServedResource,
  how: { readonly most: number; readonly isPolled: boolean },
): Watched {
  const { kind, group, version, namespaced } = resource;
  return {
    kind,
    told: 'custom',
    group,
    versions: [version],
    namespaced,
    ...how,
    sources: (asked) => [customSource({ ...resource, version: asked })],
  };
}
