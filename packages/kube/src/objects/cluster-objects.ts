import { changeAnnotation } from '@autodevops/domain/change/field-manager';
import { Manifest } from '@autodevops/domain/change/operation';
import type { ClusterOperation } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { list, name, number, object } from '@autodevops/domain/kubernetes/shape';
import { refText } from '@autodevops/domain/object-ref';
import type { ClusterObjects, ListRequest, ObjectName, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import { createKubeClient } from '../http/client.ts';
import type { KubeClient } from '../http/client.ts';
import { loadClusterAccess } from '../kubeconfig/kubeconfig.ts';
import type { ClusterAccess, KubeconfigChoice } from '../kubeconfig/kubeconfig.ts';
import { impersonationHeaders } from './impersonation.ts';
import { objectPath } from './object-path.ts';
import { readAllPages } from './object-pages.ts';
import { refuseSecretValues, withoutSecretValues } from './secret-values.ts';
import { reviewSelf } from './self-review.ts';
import { servedResources } from './served-resources.ts';
import type { ServedKind, ServedResources } from './served-resources.ts';
import { writeFailure } from './write-failure.ts';
import { subjectOf, writeRequest } from './write-request.ts';

export interface ObjectsChoice extends KubeconfigChoice {
  /** Instead of a kubeconfig. */
  readonly access?: ClusterAccess | undefined;
}

interface Opened {
  readonly client: KubeClient;
  readonly served: ServedResources;
}

/** In milliseconds. Admission webhooks may take thirty seconds each, an API server sixty for a request. */
const writing = { header: 65_000, idle: 15_000, total: 90_000 };

function read(client: KubeClient, value: unknown): Manifest {
  const parsed = Manifest.safeParse(value);
  if (parsed.success) return withoutSecretValues(parsed.data);
  throw new AutoDevOpsError(
    'cluster.bad-answer',
    `${client.access.name} answers with something that is no object.`,
    'Look at proxies in between, and try again.',
  );
}

async function get({ client, served }: Opened, wanted: ObjectName, signal: AbortSignal): Promise<Manifest | undefined> {
  const kind = await served.find(wanted.apiVersion, wanted.kind, signal);
  if (kind === undefined) return undefined;
  try {
    return read(client, await client.json({ path: objectPath(kind, wanted), signal, fieldOwners: true }));
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.not-found') return undefined;
    throw error;
  }
}

async function listObjects(
  { client, served }: Opened,
  wanted: ListRequest,
  signal: AbortSignal,
): Promise<readonly Manifest[]> {
  const kind = await served.find(wanted.apiVersion, wanted.kind, signal);
  if (kind === undefined) return [];
  const { labelSelector = '', fieldSelector = '', namespace } = wanted;
  const selectors = {
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
  const items = await readAllPages(client, objectPath(kind, { namespace }), { selectors, signal });
  // Items of kinds that are built in do not say what they are.
  return items.map((item) => read(client, { ...(item as object), apiVersion: kind.apiVersion, kind: kind.kind }));
}

const remains = object({
  kind: name,
  metadata: object({ deletionTimestamp: name, deletionGracePeriodSeconds: number, finalizers: list(name) }),
  spec: object({ finalizers: list(name) }),
});

/** A delete may answer with the object as it was last, although it is gone; it stays while a finalizer or a grace period holds it. */
function afterDelete(client: KubeClient, answer: unknown): Manifest | undefined {
  const { kind, metadata, spec } = remains.read(answer);
  // A Namespace keeps its finalizers in its spec.
  const held =
    (metadata.deletionGracePeriodSeconds ?? 0) > 0 || metadata.finalizers.length + spec.finalizers.length > 0;
  const stays = metadata.deletionTimestamp !== '' && held;
  return kind === 'Status' || !stays ? undefined : read(client, answer);
}

function resultOf(client: KubeClient, { verb }: ClusterOperation, answer: unknown): Manifest | undefined {
  if (verb === 'evict') return undefined;
  return verb === 'delete' ? afterDelete(client, answer) : read(client, answer);
}

async function kindOf(
  { client, served }: Opened,
  operation: ClusterOperation,
  signal: AbortSignal,
): Promise<ServedKind> {
  const { apiVersion, kind } = subjectOf(operation);
  const found = await served.find(apiVersion, kind, signal);
  if (found !== undefined) return found;
  throw new AutoDevOpsError(
    'cluster.not-found',
    `${client.access.name} does not serve ${kind} of ${apiVersion}.`,
    'Install what defines it, or write the version that is served.',
  );
}

/** What an object that exists already is to the change that would make it: its own work of before, or somebody else's. */
async function ownWork(
  opened: Opened,
  operation: ClusterOperation,
  { changeId, signal }: SendOptions,
): Promise<Manifest | undefined> {
  if (operation.verb !== 'create') return undefined;
  const there = await get(opened, subjectOf(operation), signal);
  const annotations = there?.metadata['annotations'] as Readonly<Record<string, unknown>> | undefined;
  return annotations?.[changeAnnotation] === changeId ? there : undefined;
}

async function send(opened: Opened, operation: ClusterOperation, options: SendOptions): Promise<Manifest | undefined> {
  refuseSecretValues(operation);
  const { client, served } = opened;
  const { dryRun, signal } = options;
  const kind = await kindOf(opened, operation, signal);
  const headers = impersonationHeaders(options.as, client.access);
  try {
    const answer = await client.json({
      ...writeRequest(operation, kind, options),
      headers,
      signal,
      deadlines: writing,
      fieldOwners: true,
      explain: (refusal) => writeFailure(refusal, { operation, dryRun }),
    });
    return resultOf(client, operation, answer);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError)) throw error;
    if (error.code === 'cluster.already-exists') {
      const own = await ownWork(opened, operation, options);
      if (own !== undefined) return own;
    }
    if (error.code === 'cluster.not-found') served.forget(kind.apiVersion);
    if (error.code !== 'cluster.outcome-unknown') throw error;
    // Nothing is kept of a dry run, so nothing is unknown after it.
    if (dryRun && error.cause instanceof AutoDevOpsError) throw error.cause;
    const subject = refText(subjectOf(operation));
    throw error.message.includes(subject)
      ? error
      : new AutoDevOpsError(error.code, `${subject}: ${error.message}`, partsOf(error), { cause: error.cause });
  }
}

/** The port over a client that is there already; closing it closes the client. */
export function clusterObjectsOver(client: KubeClient): ClusterObjects {
  const opened: Opened = { client, served: servedResources(client) };
  return {
    source: client.access.name,
    get: (wanted, { signal }) => get(opened, wanted, signal),
    list: (wanted, { signal }) => listObjects(opened, wanted, signal),
    whoAmI: ({ signal }) => reviewSelf(client, signal),
    send: (operation, options) => send(opened, operation, options),
    close: async () => client.close(),
  };
}

/** Opens the objects of a cluster; nothing is sent yet. Throws `kubeconfig.*`. */
export async function openClusterObjects(choice: ObjectsChoice): Promise<ClusterObjects> {
  return clusterObjectsOver(createKubeClient(choice.access ?? (await loadClusterAccess(choice))));
}
