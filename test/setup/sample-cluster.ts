import { openClusterObjects } from '../../packages/kube/src/objects/cluster-objects.ts';
import { plainAccess } from '../../packages/kube/src/kubeconfig/plain-access.ts';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { startControllers } from '../../packages/cli/src/sample/controllers/sample-controllers.ts';
import type { ClusterObject } from '../../packages/cli/src/sample/controllers/cluster-object.ts';
import { readSample } from '../../packages/cli/src/sample/sample.ts';
import { shiftSample } from '../../packages/cli/src/sample/shift-sample.ts';

/** The recorded sample as a cluster that agents of other processes reach, and that lives as long as the test. */
export interface SampleCluster {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly kubeconfig: string;
  /** Requests that changed something, in order: `PATCH /apis/…`. */
  readonly effects: readonly string[];
  /** Called when something is changed, before the answer is on its way. */
  onEffect: (() => void) | undefined;
  readonly close: () => Promise<void>;
}

function changesSomething(method: string, path: string, query: URLSearchParams): boolean {
  return method !== 'GET' && !query.has('dryRun') && !/\/(authorization|authentication)\.k8s\.io\//.test(path);
}

export async function startSampleCluster(): Promise<SampleCluster> {
  const effects: string[] = [];
  const server = await startReplayServer(shiftSample(await readSample(), Date.now()), {
    writable: true,
    now: Date.now,
    name: 'prod',
    fault: ({ method, path, query }) => {
      if (!changesSomething(method, path, query)) return undefined;
      effects.push(`${method} ${path}`);
      cluster.onEffect?.();
      return undefined;
    },
  });
  const own = await openClusterObjects({ access: plainAccess('prod', server.url) });
  const controllers = await startControllers({
    list: async (apiVersion, kind) =>
      (await own.list(
        { apiVersion, kind, namespace: '' },
        { signal: AbortSignal.timeout(20_000) },
      )) as unknown as readonly ClusterObject[],
    apply: (change) => {
      server.apply(change);
    },
  });
  const cluster: SampleCluster = {
    url: server.url,
    kubeconfig: server.kubeconfig,
    effects,
    onEffect: undefined,
    close: async () => {
      await controllers.close();
      await own.close();
      await server.close();
    },
  };
  return cluster;
}
