import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { createKubeClient } from '../http/client.ts';
import type { KubeClient } from '../http/client.ts';
import { loadClusterAccess } from '../kubeconfig/kubeconfig.ts';
import type { ClusterAccess, KubeconfigChoice } from '../kubeconfig/kubeconfig.ts';
import { discover } from './discovery/discovery.ts';
import type { Discovery } from './discovery/discovery.ts';
import { readLogs } from './pod-logs.ts';
import { rememberedDiscovery } from './discovery/remembered-discovery.ts';
import { readServerFacts } from './discovery/server-facts.ts';
import type { ServerFacts } from './discovery/server-facts.ts';
import { takeSnapshot } from './take-snapshot.ts';

export interface OpenOptions extends KubeconfigChoice {
  /** Instead of a kubeconfig. */
  readonly access?: ClusterAccess | undefined;
  /** How long the first answer may take, milliseconds. Absent: the usual deadlines, with patience for a busy server. */
  readonly answerWithinMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes that the objects of a snapshot may take. Absent: what this process has room for. */
  readonly mostHeld?: number | undefined;
}

/** A cluster that has answered. */
export interface Connection {
  readonly client: KubeClient;
  readonly facts: ServerFacts;
  readonly discovery: () => Promise<Discovery | undefined>;
}

/** Connects to a cluster and asks for its version. Throws `kubeconfig.*` and `cluster.*`. */
export async function connectCluster(options: OpenOptions): Promise<Connection> {
  const { answerWithinMs: within, signal } = options;
  const client = createKubeClient(options.access ?? (await loadClusterAccess(options)));
  const first =
    within === undefined
      ? { signal, deadlines: { total: 20_000 } }
      : { signal, patience: 0, deadlines: { connect: within, header: within, idle: within, total: within } };
  let opening: AbortSignal | undefined = signal;
  const discovery = rememberedDiscovery(() => discover(client, opening));
  // Asked at the same time: it is needed right after, and one round trip is saved.
  discovery().catch(() => undefined);
  try {
    const facts = await readServerFacts(client, first);
    opening = undefined;
    return { client, facts, discovery };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * Opens a live cluster. Throws when it cannot be reached, does not know us, or is no Kubernetes API: `kubeconfig.*` and
 * `cluster.*`, each one sentence with what to do.
 */
export async function openCluster(options: OpenOptions): Promise<ClusterReader> {
  const connection = await connectCluster(options);
  const { client } = connection;
  return {
    source: client.access.name,
    snapshot: (request, { signal, onProgress }) =>
      takeSnapshot(request, { ...connection, signal, onProgress, mostHeld: options.mostHeld }),
    logs: (requests, { signal }) => readLogs(client, requests, signal),
    close: async () => client.close(),
  };
}

/** Whether the chosen cluster answers in time. Never throws: what stands in the way is told to whoever opens it. */
export async function clusterAnswers(options: OpenOptions & { readonly answerWithinMs: number }): Promise<boolean> {
  const { answerWithinMs: within } = options;
  let client: KubeClient | undefined;
  try {
    client = createKubeClient(options.access ?? (await loadClusterAccess(options)));
    const deadlines = { connect: within, header: within, idle: within, total: within };
    await readServerFacts(client, { deadlines, patience: 0, signal: AbortSignal.timeout(within) });
    return true;
  } catch (error) {
    if (error instanceof AutoDevOpsError) return false;
    throw error;
  } finally {
    client?.close();
  }
}
