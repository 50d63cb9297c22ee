import { processEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { filesToRead, readMergedKubeconfig } from './merged-kubeconfig.ts';

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
}

/** The files that contexts are read from, those that are not there too: whoever watches them learns of new contexts. */
export function kubeconfigFiles(
  kubeconfig: string | undefined,
  environment: Environment = processEnvironment(),
): readonly string[] {
  return filesToRead(kubeconfig, environment);
}

/** The address without a user and password in it, which curl's habit puts there and nobody here sends. */
function withoutLogin(server: string): string {
  return server.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1');
}

/** Every context, as kubectl sees them; nothing where there is no kubeconfig. Throws `kubeconfig.*` for one that cannot be read. */
export async function readContextList(
  kubeconfig: string | undefined,
  environment: Environment = processEnvironment(),
): Promise<ContextList> {
  const { currentContext, contexts, clusters } = await readMergedKubeconfig(kubeconfig, environment);
  return {
    current: currentContext,
    contexts: [...contexts].map(([name, { cluster, namespace }]) => ({
      name,
      namespace,
      server: withoutLogin(clusters.get(cluster)?.entry.server ?? ''),
    })),
  };
}
