import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClusterObjects } from '../../../packages/kube/src/objects/cluster-objects.ts';
import { stateMetrics } from './state-metrics.ts';
import type { ListedObject } from './state-metrics.ts';

/** Tells the state of what is in some namespaces, and of all nodes, as kube-state-metrics does. */
interface StateExporter {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const kinds = [
  ['v1', 'Pod'],
  ['apps/v1', 'Deployment'],
  ['v1', 'ResourceQuota'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'Service'],
  ['v1', 'Endpoints'],
] as const;
/** In milliseconds, between two looks. */
const between = 500;

/** Looks again and again, and tells what it saw last: a cluster that is slow to answer must not look like one that is gone. */
export async function startStateExporter(kubeconfig: string, namespaces: readonly string[]): Promise<StateExporter> {
  const objects = await openClusterObjects({ kubeconfig });
  const ended = new AbortController();
  const look = async (): Promise<string> => {
    const options = { signal: AbortSignal.any([ended.signal, AbortSignal.timeout(60_000)]) };
    const lists = await Promise.all([
      objects.list({ apiVersion: 'v1', kind: 'Node', namespace: '' }, options),
      ...namespaces.flatMap((namespace) =>
        kinds.map(async ([apiVersion, kind]) => await objects.list({ apiVersion, kind, namespace }, options)),
      ),
    ]);
    return stateMetrics(lists.flat() as unknown as readonly ListedObject[]);
  };
  let text = await look();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await sleep(between, undefined, { signal: ended.signal }).catch(() => undefined);
      text = await look().catch(() => text);
    }
  })();
  const server = createServer(
    (_request, response) => void response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(text),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      ended.abort();
      await looking;
      await objects.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
