import type { ClusterAccess } from '@autodevops/kube/kubeconfig';
import type { ClusterObject } from './controllers/cluster-object.ts';
import { startControllers } from './controllers/sample-controllers.ts';
import { readSample } from './sample.ts';
import { shiftSample } from './shift-sample.ts';

/** The sample as a cluster that takes changes and keeps them until it is closed. */
export interface WritableSample {
  readonly access: ClusterAccess;
  readonly close: () => Promise<void>;
}

/** Nothing in the sample takes its time, so nobody has to wait for it; in milliseconds. */
export const samplePace = { lease: 15_000, poll: 300, settle: 900, again: 500 };

const patience = 10_000;

/** The recorded cluster, moved to the present, behind an API server of this process; with stand-ins for its controllers. */
export async function openWritableSample(): Promise<WritableSample> {
  const [{ openClusterObjects }, { startReplayServer }, { plainAccess }, recorded] = await Promise.all([
    import('@autodevops/kube/objects'),
    import('@autodevops/kube/replay'),
    import('@autodevops/kube/plain-access'),
    readSample(),
  ]);
  const server = await startReplayServer(shiftSample(recorded, Date.now()), { writable: true, now: Date.now });
  const access = plainAccess('the sample cluster', server.url);
  const own = await openClusterObjects({ access });
  const controllers = await startControllers({
    list: async (apiVersion, kind) =>
      (await own.list(
        { apiVersion, kind, namespace: '' },
        { signal: AbortSignal.timeout(patience) },
      )) as unknown as readonly ClusterObject[],
    apply: (change) => {
      server.apply(change);
    },
  });
  return {
    access,
    close: async () => {
      await controllers.close();
      await own.close();
      await server.close();
    },
  };
}
