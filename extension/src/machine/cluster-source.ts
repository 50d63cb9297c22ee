import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import type { AgentWanted } from '../agent/agent-launcher.ts';
import type { ClusterSource } from '../manifests/live/cluster-source.ts';

type Reading = Pick<ClusterView, 'get' | 'list'> & { readonly close: () => Promise<void> };
type Which = Pick<AgentWanted, 'context' | 'server' | 'kubeconfig'>;

interface Opened {
  readonly key: string;
  readonly objects: Promise<Reading>;
}

/** Milliseconds that one answer may take: somebody waits with the cursor. */
const patience = 10_000;

/** Reads the cluster that is wanted now. Another one is opened when another one is wanted, and the former closed. */
export function wantedClusterSource(
  wanted: () => AgentWanted | AutoDevOpsError,
  open: (which: Which) => Promise<Reading>,
): ClusterSource {
  let opened: Opened | undefined;
  const keyOf = (which: Which | AutoDevOpsError): string =>
    which instanceof AutoDevOpsError ? '' : `${which.kubeconfig ?? ''}\n${which.context ?? ''}\n${which.server}`;
  const current = async (): Promise<Reading> => {
    const which = wanted();
    if (which instanceof AutoDevOpsError) throw which;
    const key = keyOf(which);
    if (opened?.key !== key) {
      void opened?.objects.then(async (objects) => await objects.close()).catch(() => undefined);
      opened = { key, objects: open(which) };
    }
    const { objects } = opened;
    // What could not be opened is tried again: a kubeconfig may be right the next time.
    objects.catch(() => {
      if (opened?.objects === objects) opened = undefined;
    });
    return await objects;
  };
  const bounded = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  return {
    key: () => keyOf(wanted()),
    get: async (name, signal) => await (await current()).get(name, { signal: bounded(signal) }),
    list: async (request, signal) => await (await current()).list(request, { signal: bounded(signal) }),
  };
}
