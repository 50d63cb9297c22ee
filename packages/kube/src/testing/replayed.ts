import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { SnapshotRequest } from '@autodevops/domain/ports/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { onTestFinished } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { openCluster } from '../reader/cluster-reader.ts';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { startReplayServer } from '../replay/replay-server.ts';
import type { Fault, FaultRequest, Recording, ReplayOptions, ReplayServer } from '../replay/replay-server.ts';

export interface Replayed {
  readonly server: ReplayServer;
  readonly reader: ClusterReader;
  /** Paths with parameters, in the order in which they were asked for. */
  readonly asked: readonly string[];
  readonly look: (request?: Partial<SnapshotRequest>) => Promise<Snapshot>;
}

/** A replayed cluster and a reader of it, which end with the test. */
export async function replayed(
  recording: Partial<Recording>,
  options: ReplayOptions & { readonly namespace?: string; readonly mostHeld?: number } = {},
): Promise<Replayed> {
  const asked: string[] = [];
  const fault = (request: FaultRequest): Fault | undefined => {
    asked.push(`${request.path}?${request.query.toString()}`);
    return options.fault?.(request);
  };
  const server = await startReplayServer(
    { objects: [], logs: [], serverVersion: 'v1.36.3', ...recording },
    { ...options, fault },
  );
  const reader = await openCluster({
    access: { ...plainAccess('sample', server.url), namespace: options.namespace ?? 'default' },
    mostHeld: options.mostHeld,
  });
  onTestFinished(async () => {
    await reader.close();
    await server.close();
  });
  const look = (request: Partial<SnapshotRequest> = {}): Promise<Snapshot> =>
    reader.snapshot({ kinds: kindNames, custom: true, ...request }, { signal: new AbortController().signal });
  return { server, reader, asked, look };
}

type Raw = Readonly<Record<string, unknown>>;

/** A raw object of the core group, or of `apiVersion`. */
export function raw(
  kind: string,
  name: string,
  rest: Raw & { readonly namespace?: string; readonly metadata?: Raw } = {},
): Raw {
  const { namespace, metadata, ...others } = rest;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: `uid-${kind}-${namespace ?? ''}-${name}`,
      ...metadata,
    },
    ...others,
  };
}

export function rawPods(count: number, namespace = 'shop'): Raw[] {
  return Array.from({ length: count }, (_, index) =>
    raw('Pod', `p-${String(index).padStart(5, '0')}`, {
      namespace,
      spec: { containers: [{ name: 'app', image: 'web:1' }] },
      status: { phase: 'Running' },
    }),
  );
}
