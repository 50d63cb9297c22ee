import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterFollower } from '@autodevops/domain/ports/cluster';
import { connectCluster, openCluster } from '../reader/cluster-reader.ts';
import type { OpenOptions } from '../reader/cluster-reader.ts';
import { createWatchCache } from '../watch/watch-cache.ts';
import { followCache } from './cache-follower.ts';

export interface FollowOptions extends OpenOptions {
  /** Absent: every namespace. */
  readonly namespaces?: readonly string[] | undefined;
}

/** Whoever looks is to know within half a minute that the answer stands still; in milliseconds. */
const timing = { stale: 30_000, pulse: 10_000 };

/** Begins to watch everything that is diagnosed by. Throws when the cluster cannot be reached: `kubeconfig.*`, `cluster.*`. */
export async function followCluster({ namespaces, ...options }: FollowOptions): Promise<ClusterFollower> {
  const reader = await openCluster(options);
  try {
    const { client, facts, discovery } = await connectCluster(options);
    const servedVersions = (await discovery())?.versions;
    const now = (): number => Date.now() + client.clockOffset();
    const cache = createWatchCache({
      client,
      kinds: kindNames,
      custom: true,
      cluster: client.access.name,
      serverVersion: facts.version,
      servedVersions,
      namespaces,
      now,
      timing,
    });
    return followCache({ ...cache, close: () => cache.close().then(() => client.close()) }, reader);
  } catch (error) {
    await reader.close();
    throw error;
  }
}
