import { AutoDevOpsError } from '@autodevops/domain/errors';
import { list, name, number, object } from '@autodevops/domain/kubernetes/shape';
import type { SignalCarrier } from '@autodevops/domain/ports/signals';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import { openClusterObjects } from '../objects/cluster-objects.ts';
import type { ClusterAccess, KubeconfigChoice } from '../kubeconfig/kubeconfig.ts';
import { knownNamespaces, knownService } from './known-services.ts';
import type { FoundService, KnownProgram, SeenService } from './known-services.ts';
import { serviceCarrier } from './service-carrier.ts';

export interface FoundServiceChoice extends KubeconfigChoice {
  /** Instead of a kubeconfig. */
  readonly access?: ClusterAccess | undefined;
  readonly program: KnownProgram;
}

type Carrier = SignalCarrier & { readonly close: () => void };

const ports = object({ ports: list(object({ name, port: number })) });

/** Services of the known namespaces; one that may not be looked at has none. */
async function servicesOf(choice: FoundServiceChoice, signal: AbortSignal): Promise<readonly SeenService[]> {
  const objects = await openClusterObjects(choice);
  try {
    const lists = await Promise.all(
      knownNamespaces.map(
        async (namespace) =>
          await objects.list({ apiVersion: 'v1', kind: 'Service', namespace }, { signal }).catch((error: unknown) => {
            if (error instanceof AutoDevOpsError && error.code === 'cluster.forbidden') return [];
            throw error;
          }),
      ),
    );
    return lists.flat().map(({ metadata, spec }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      ports: ports.read(spec).ports.map((one) => ({ name: one.name, port: one.port ?? 0 })),
    }));
  } finally {
    await objects.close();
  }
}

function asSignals(program: KnownProgram, error: unknown): unknown {
  if (!(error instanceof AutoDevOpsError) || !error.code.startsWith('cluster.')) return error;
  return new AutoDevOpsError(
    'signals.unreachable',
    `The Service of ${program} could not be looked for: ${error.message}`,
    partsOf(error),
    { cause: error },
  );
}

/**
 * Reaches a program of monitoring where it usually is, through the API server: it is looked for when it is asked first,
 * and again after it was not there. Throws `signals.unreachable` when there is none of the usual names.
 */
export function foundServiceCarrier(choice: FoundServiceChoice): Carrier {
  const { program, ...cluster } = choice;
  let found: { readonly place: FoundService; readonly carrier: Carrier } | undefined;
  const find = async (signal: AbortSignal): Promise<Carrier> => {
    if (found !== undefined) return found.carrier;
    const place = knownService(
      program,
      await servicesOf(choice, signal).catch((error: unknown) => {
        throw asSignals(program, error);
      }),
    );
    if (place === undefined) {
      throw new AutoDevOpsError(
        'signals.unreachable',
        `The cluster has no Service that is known as ${program}'s.`,
        `Name it under \`signals.${program}.service\`, as NAMESPACE/NAME:PORT.`,
      );
    }
    found = { place, carrier: await serviceCarrier({ ...cluster, service: place }) };
    return found.carrier;
  };
  return {
    get address() {
      return found?.carrier.address ?? `the cluster's own ${program}`;
    },
    send: async (request, options) => {
      const carrier = await find(AbortSignal.any([options.signal, AbortSignal.timeout(options.deadline)]));
      try {
        return await carrier.send(request, options);
      } catch (error) {
        // It may have been installed anew, under another name.
        if (error instanceof AutoDevOpsError && error.code === 'signals.unreachable') {
          found?.carrier.close();
          found = undefined;
        }
        throw error;
      }
    },
    close: () => found?.carrier.close(),
  };
}
