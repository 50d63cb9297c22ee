import { AutoDevOpsError } from '@autodevops/domain/errors';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { KubeClient } from '../../http/client.ts';
import { readAllPages } from '../../objects/object-pages.ts';
import { discover } from '../../reader/discovery/discovery.ts';
import type { ServedResource } from '../../reader/discovery/discovery.ts';
import { holdsOwnObjects, isOwnObject } from './own-objects.ts';
import { portable } from './portable-object.ts';
import { readRaw } from './raw-object.ts';
import type { Raw } from './raw-object.ts';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Secrets are left out unless asked for. */
  readonly secrets: boolean;
  readonly tell: (says: string, done: number, total: number) => void;
}

/** Throws `cluster.bad-answer` for an API server that does not say what it serves. */
export async function servedNow(client: KubeClient, signal: AbortSignal): Promise<readonly ServedResource[]> {
  const resources = (await discover(client, signal))?.resources;
  if (resources !== undefined) return resources;
  throw new AutoDevOpsError(
    'cluster.bad-answer',
    `${client.access.name} does not say what it serves.`,
    'It has to be Kubernetes 1.26 or newer.',
  );
}

export function apiVersionOf({ group, version }: ServedResource): string {
  return joinApiVersion(group, version);
}

export function listPath(resource: ServedResource): string {
  return `${resource.group === '' ? '/api' : '/apis'}/${apiVersionOf(resource)}/${resource.plural}`;
}

/** A definition that went between the two questions has no objects. */
async function listed(client: KubeClient, resource: ServedResource, signal: AbortSignal): Promise<readonly unknown[]> {
  try {
    return await readAllPages(client, listPath(resource), { selectors: {}, signal });
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.not-found') return [];
    throw error;
  }
}

/** Every object that somebody put into the cluster, ready to be put into another. */
export async function readOwnObjects(
  client: KubeClient,
  { signal, secrets, tell }: ReadOptions,
): Promise<readonly Raw[]> {
  const resources = (await servedNow(client, signal)).filter(
    (resource) => holdsOwnObjects(resource) && (secrets || resource.group !== '' || resource.plural !== 'secrets'),
  );
  const objects: Raw[] = [];
  for (const [at, resource] of resources.entries()) {
    tell(resource.plural, at, resources.length);
    const of = { apiVersion: apiVersionOf(resource), kind: resource.kind };
    const own = (await listed(client, resource, signal)).flatMap((item) => readRaw(item, of) ?? []).filter(isOwnObject);
    objects.push(...own.map(portable));
  }
  return objects;
}
