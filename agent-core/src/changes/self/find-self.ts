import { refKey } from '@autodevops/domain/object-ref';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import { ifReadable } from '../facts/if-readable.ts';
import type { Self } from '../policy/question.ts';
import { ownPermissions } from './own-permissions.ts';
import type { OwnObject } from './own-permissions.ts';
import { ownWorkload } from './own-workload.ts';

/** Where a process runs, as its surroundings say. */
export interface SelfPlace {
  /** Whether it runs in a pod of the cluster that it acts on. */
  readonly inCluster: boolean;
  /** Empty: not said; then it is that of the ServiceAccount. */
  readonly namespace: string;
  /** Name of the pod; empty: not said. */
  readonly pod: string;
}

const serviceAccount = /^system:serviceaccount:([^:]+):[^:]+$/;

async function ownObjects(
  find: readonly (() => Promise<readonly OwnObject[]>)[],
): Promise<readonly OwnObject[] | undefined> {
  const found = await ifReadable(() => Promise.all(find.map((one) => one())));
  return found === undefined ? undefined : [...new Map(found.flat().map((one) => [refKey(one), one])).values()];
}

/**
 * What the agent stands on, by what the cluster itself says of it: who it is, where it runs, and which objects hold its
 * permissions and its policy. What cannot be read is left out as not known, which forbids more, never less.
 */
export async function findSelf(
  place: SelfPlace,
  cluster: Pick<ClusterObjects, 'get' | 'list' | 'source' | 'whoAmI'>,
  signal: AbortSignal,
): Promise<Self> {
  const user = await ifReadable(() => cluster.whoAmI({ signal }));
  const namespace =
    place.namespace !== '' || !place.inCluster ? place.namespace : (serviceAccount.exec(user?.name ?? '')?.[1] ?? '');
  if (user === undefined) return { namespace, user: '' };
  const workload = { namespace, pod: place.pod };
  const objects = await ownObjects([
    () => ownPermissions(user, cluster, signal),
    ...(place.inCluster ? [() => ownWorkload(workload, cluster, signal)] : []),
  ]);
  return { namespace, user: user.name, groups: user.groups, ...(objects === undefined ? {} : { objects }) };
}
