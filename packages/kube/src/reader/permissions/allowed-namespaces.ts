import { AutoDevOpsError } from '@autodevops/domain/errors';
import { list, name, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../../http/client.ts';
import { boundedParallel } from '../bounded-parallel.ts';

const mostNamespaces = 100;
const namesShape = object({ items: list(object({ metadata: object({ name }) })) });

async function mayListPods(client: KubeClient, namespace: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.json({
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?limit=1`,
      accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
      signal,
    });
    return true;
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.forbidden') return false;
    throw error;
  }
}

async function everyNamespace(client: KubeClient, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const answer = await client.json({
      path: `/api/v1/namespaces?limit=${mostNamespaces}`,
      accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
      signal,
    });
    return namesShape.read(answer).items.map(({ metadata }) => metadata.name);
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.forbidden') return [];
    throw error;
  }
}

/**
 * Where somebody who may not read the whole cluster may read: the context's namespace, and of the namespaces that they
 * may list those whose pods they may read (at most 100 are tried). Never empty.
 */
export async function allowedNamespaces(client: KubeClient, signal: AbortSignal): Promise<readonly string[]> {
  const own = client.access.namespace;
  const others = (await everyNamespace(client, signal)).filter((namespace) => namespace !== own && namespace !== '');
  const allowed = await boundedParallel(others, 6, (namespace) => mayListPods(client, namespace, signal));
  return [own, ...others.filter((_, index) => allowed[index] === true)];
}
