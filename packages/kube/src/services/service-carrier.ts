import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { name, object } from '@autodevops/domain/kubernetes/shape';
import { oneLine } from '@autodevops/domain/printable';
import type { SignalAnswer, SignalCarrier, SignalOptions, SignalRequest } from '@autodevops/domain/ports/signals';
import { redact } from '@autodevops/domain/redact';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import { readAtMost } from '../http/body.ts';
import { createKubeClient } from '../http/client.ts';
import type { KubeClient } from '../http/client.ts';
import type { KubeRequest } from '../http/kube-request.ts';
import type { Refusal } from '../http/status-failure.ts';
import { loadClusterAccess } from '../kubeconfig/kubeconfig.ts';
import type { ClusterAccess, KubeconfigChoice } from '../kubeconfig/kubeconfig.ts';

export interface ServiceCarrierChoice extends KubeconfigChoice {
  /** Instead of a kubeconfig. */
  readonly access?: ClusterAccess | undefined;
  readonly service: {
    readonly namespace: string;
    readonly name: string;
    /** Number or name. */
    readonly port: string;
    /** How the Service is spoken to; `http` when absent. */
    readonly scheme?: 'http' | 'https' | undefined;
  };
  /** Before the path of every request, where the program is told to live under one: `/prometheus`. */
  readonly prefix?: string;
}

/** An answer that is no success: of the Service behind the API server, or of the API server itself. */
class Refused extends AutoDevOpsError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super('cluster.bad-answer', `The answer is ${refusal.status}.`, '');
    this.refusal = refusal;
  }
}

const statusShape = object({ kind: name, reason: name, message: name });
const wellFormed = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** What the API server says of itself; undefined for what the Service answered. */
function ownWords(body: string): string | undefined {
  try {
    const { kind, message } = statusShape.read(JSON.parse(body));
    return kind === 'Status' ? oneLine(redact(message), 200) : undefined;
  } catch {
    return undefined;
  }
}

function unheard(address: string, { status }: Refusal, words: string): AutoDevOpsError {
  if (status === 401 || status === 403) {
    return new AutoDevOpsError(
      'signals.unauthorized',
      `The API server does not let you reach ${address}: ${words}.`,
      'Ask for `get` (for silences `create` and `delete` too) on `services/proxy` of that Service, or give its own address.',
    );
  }
  if (status === 404) {
    return new AutoDevOpsError(
      'signals.unreachable',
      `The cluster has no ${address}: ${words}.`,
      'Correct namespace, name and port of the Service.',
    );
  }
  return new AutoDevOpsError(
    'signals.unreachable',
    `Nobody answers behind ${address}: ${words}.`,
    'See whether its pods are ready.',
  );
}

function requestOf(
  base: string,
  { method, path, query = [], json }: SignalRequest,
  { signal, deadline }: Required<SignalOptions>,
): KubeRequest {
  const search = new URLSearchParams(query.map(([key, value]): [string, string] => [key, value])).toString();
  const write =
    method === 'GET'
      ? {}
      : { write: { method, contentType: 'application/json', body: json ?? {}, waitsForTurn: false } };
  return {
    ...write,
    signal,
    path: `${base}${path}${search === '' ? '' : `?${search}`}`,
    accept: 'application/json, image/png;q=0.9',
    patience: 0,
    deadlines: { connect: deadline, header: deadline, idle: deadline, total: deadline },
    explain: (refusal) => new Refused(refusal),
  };
}

function failed(address: string, error: unknown, { signal }: SignalOptions): AutoDevOpsError {
  if (signal.aborted) return interrupted();
  if (!(error instanceof AutoDevOpsError)) {
    return new AutoDevOpsError('signals.unreachable', `${address} cannot be reached.`, 'Try again.', { cause: error });
  }
  if (error.code.startsWith('signals.') || error.code === 'interrupted') return error;
  const unclear = error.code === 'cluster.outcome-unknown' || error.code === 'cluster.no-answer';
  return new AutoDevOpsError(
    unclear ? 'signals.no-answer' : 'signals.unreachable',
    `${address}: ${error.message}`,
    partsOf(error),
    { cause: error },
  );
}

async function sendBy(
  client: KubeClient,
  address: string,
  request: KubeRequest,
  largest: number,
): Promise<SignalAnswer> {
  try {
    const { status, contentType, body } = await client.open(request);
    const tooLarge = (): AutoDevOpsError =>
      new AutoDevOpsError(
        'signals.too-large',
        `${address} answers with more than ${Math.round(largest / 1024)} KiB.`,
        'Ask for less: a shorter time, or fewer series.',
      );
    return { status, contentType, body: await readAtMost(body, largest, tooLarge) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const words = ownWords(error.refusal.body);
    if (words !== undefined) throw unheard(address, error.refusal, words);
    return { status: error.refusal.status, contentType: '', body: new TextEncoder().encode(error.refusal.body) };
  }
}

/**
 * Reaches a Service inside of the cluster through the API server's proxy, with the rights of the kubeconfig:
 * https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/ . Throws `config.invalid` for what
 * is no name, `kubeconfig.*` when there is no cluster to go through.
 */
export async function serviceCarrier({
  service,
  prefix = '',
  access,
  ...choice
}: ServiceCarrierChoice): Promise<SignalCarrier & { readonly close: () => void }> {
  const { namespace, name: called, port, scheme = 'http' } = service;
  if (![namespace, called, port].every((part) => part.length <= 63 && wellFormed.test(part))) {
    throw new AutoDevOpsError(
      'config.invalid',
      'A Service is named by its namespace, name and port.',
      'Write NAMESPACE/NAME:PORT.',
    );
  }
  const client = createKubeClient(access ?? (await loadClusterAccess(choice)));
  const base = `/api/v1/namespaces/${namespace}/services/${scheme}:${called}:${port}/proxy${prefix.replace(/\/$/, '')}`;
  const address = `Service ${namespace}/${called}:${port}`;
  return {
    address,
    send: async (request, options) => {
      try {
        return await sendBy(client, address, requestOf(base, request, options), request.largest);
      } catch (error) {
        throw failed(address, error, options);
      }
    },
    close: () => client.close(),
  };
}
