import { openClusterObjects } from '../../packages/kube/src/objects/cluster-objects.ts';
import { plainAccess } from '../../packages/kube/src/kubeconfig/plain-access.ts';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import type { ClusterObject } from '../../packages/cli/src/sample/controllers/cluster-object.ts';
import { startControllers } from '../../packages/cli/src/sample/controllers/sample-controllers.ts';
import { readSample } from '../../packages/cli/src/sample/sample.ts';
import { shiftSample } from '../../packages/cli/src/sample/shift-sample.ts';

/** The sample cluster at an address of this machine; it takes changes and keeps them until it is closed. */
export interface ServedSample {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the sample, moved to the present, with stand-ins for its controllers. */
export async function serveSample(): Promise<ServedSample> {
  const server = await startReplayServer(shiftSample(await readSample(), Date.now()), { writable: true, now: Date.now });
  const own = await openClusterObjects({ access: plainAccess('the sample cluster', server.url) });
  const controllers = await startControllers({
    list: async (apiVersion, kind) => (await own.list({ apiVersion, kind, namespace: '' }, { signal: AbortSignal.timeout(10_000) })) as unknown as readonly ClusterObject[],
    apply: (change) => { server.apply(change); },
  });
  return {
    url: server.url,
    close: async () => {
      await controllers.close();
      await own.close();
      await server.close();
    },
  };
}
