import { list, name, object, texts } from '@autodevops/domain/kubernetes/shape';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { KubeClient } from '../../http/client.ts';

/** One resource of the API server, in the version that it prefers. */
export interface ServedResource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What the API server serves. */
export interface Discovery {
  /** `v1`, `apps/v1`, ... */
  readonly versions: readonly string[];
  /** Resources that can be listed. Undefined: the API server only tells step by step (before 1.26), or it is not allowed. */
  readonly resources: readonly ServedResource[] | undefined;
}

const wanted = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

const aggregatedShape = object({
  kind: name,
  items: list(
    object({
      metadata: object({ name }),
      versions: list(
        object({
          version: name,
          resources: list(object({ resource: name, responseKind: object({ kind: name }), scope: name, verbs: texts })),
        }),
      ),
    }),
  ),
});
const stepShape = object({
  kind: name,
  versions: texts,
  groups: list(object({ name, versions: list(object({ groupVersion: name })) })),
});

/** A server with a thousand kinds of resources tells of them in two of these. */
const largest = 32 * 1024 * 1024;
/** What the API server lets a group, a version and a resource be called. They become paths of further requests. */
const isName = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

function fromAggregated(value: unknown): Discovery {
  const versions: string[] = [];
  const resources = new Map<string, ServedResource>();
  for (const { metadata, versions: served } of aggregatedShape.read(value).items) {
    for (const { version, resources: all } of served) {
      versions.push(joinApiVersion(metadata.name, version));
      for (const { resource, responseKind, scope, verbs } of all) {
        const key = `${metadata.name}/${resource}`;
        if (!verbs.includes('list') || resources.has(key)) continue;
        if (![metadata.name || 'core', version, resource].every((part) => isName.test(part))) continue;
        resources.set(key, {
          group: metadata.name,
          version,
          plural: resource,
          kind: responseKind.kind,
          namespaced: scope === 'Namespaced',
        });
      }
    }
  }
  return { versions, resources: [...resources.values()] };
}

function fromSteps(value: unknown): readonly string[] {
  const { versions, groups } = stepShape.read(value);
  return [...versions, ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
}

/**
 * Asks what is served: in one answer where the API server can do that, else the versions only. Undefined when it is not
 * allowed. Throws `AutoDevOpsError`s of the connection.
 */
export async function discover(client: Pick<KubeClient, 'json'>, signal?: AbortSignal): Promise<Discovery | undefined> {
  try {
    const [core, groups] = await Promise.all(
      ['/api', '/apis'].map((path) => client.json({ path, accept: `${wanted},application/json`, signal, largest })),
    );
    const parts = [core, groups].map((value) =>
      aggregatedShape.read(value).kind === 'APIGroupDiscoveryList'
        ? fromAggregated(value)
        : { versions: fromSteps(value), resources: undefined },
    );
    const whole = parts.every((part) => part.resources !== undefined);
    return {
      versions: parts.flatMap((part) => part.versions),
      resources: whole ? parts.flatMap((part) => part.resources ?? []) : undefined,
    };
  } catch (error) {
    if (
      error instanceof AutoDevOpsError &&
      (error.code === 'cluster.forbidden' || error.code === 'cluster.not-found')
    ) {
      return undefined;
    }
    throw error;
  }
}
