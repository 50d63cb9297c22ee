import type { Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { configurationReferences } from '../../reading/pods/configuration/configuration-reference.ts';
import { controllerOf } from '../../scarlet/targets/controller.ts';
import type { OwnObject } from './own-permissions.ts';

/** An owner of an owner of an owner; nobody's chain is longer. */
const mostOwners = 5;

async function ownersOf(pod: Manifest, view: ClusterView, signal: AbortSignal): Promise<readonly OwnObject[]> {
  const owners: OwnObject[] = [];
  for (let object: Manifest | undefined = pod; object !== undefined && owners.length < mostOwners;) {
    const owner = controllerOf(object);
    if (owner === undefined) break;
    owners.push({ kind: owner.kind, namespace: owner.namespace, name: owner.name });
    object = await view.get(owner, { signal });
  }
  return owners;
}

/**
 * What the agent's own pod runs by: the objects that own it, its ServiceAccount, and the ConfigMaps and Secrets that it
 * reads, its policy among them. The pod itself is not: whoever drains its node moves it. Throws `cluster.*`, also when
 * there is no such pod.
 */
export async function ownWorkload(
  { namespace, pod: name }: { readonly namespace: string; readonly pod: string },
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly OwnObject[]> {
  const pod = await view.get({ apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal });
  if (pod === undefined) {
    throw new AutoDevOpsError(
      'cluster.not-found',
      `The agent's own pod ${namespace}/${name} is not there.`,
      'Give the agent its names by POD_NAMESPACE and POD_NAME.',
    );
  }
  const read = kinds.Pod.shape.read(pod);
  return [
    ...(await ownersOf(pod, view, signal)),
    { kind: 'ServiceAccount', namespace, name: read.spec.serviceAccountName || 'default' },
    ...configurationReferences(read).map(({ kind, name: referred }) => ({ kind, namespace, name: referred })),
  ];
}
