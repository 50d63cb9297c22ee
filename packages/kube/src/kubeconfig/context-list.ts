import { processEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { readMergedKubeconfig } from './merged-kubeconfig.ts';

/** One context of the kubeconfig, without anything secret. `server` is empty where its cluster is not described. */
export interface ListedContext {
  readonly name: string;
  readonly server: string;
  /** Empty where the context names none. */
  readonly namespace: string;
}

export interface ContextList {
  /** Empty where none is chosen. */
  readonly current: string;
  readonly contexts: readonly ListedContext[];
  /** The files that were read: whoever watches them learns of new contexts. */
  readonly files: readonly string[];
}

/** Every context, as kubectl sees them; nothing where there is no kubeconfig. Throws `kubeconfig.*` for one that cannot be read. */
export async function readContextList(
  kubeconfig: string | undefined,
  environment: Environment = processEnvironment(),
): Promise<ContextList> {
  const { currentContext, contexts, clusters, files } = await readMergedKubeconfig(kubeconfig, environment);
  return {
    current: currentContext,
    contexts: [...contexts].map(([name, { cluster, namespace }]) => ({
      name,
      namespace,
      server: clusters.get(cluster)?.entry.server ?? '',
    })),
    files,
  };
}
