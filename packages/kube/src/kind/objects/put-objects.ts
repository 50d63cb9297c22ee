import { setTimeout as sleep } from 'node:timers/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { list, name, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../../http/client.ts';
import type { ServedResource } from '../../reader/discovery/discovery.ts';
import { apiVersionOf, servedNow } from './read-objects.ts';
import { nameOf } from './raw-object.ts';
import type { RawObject } from './raw-object.ts';
import { restoreGroups } from './restore-order.ts';

export interface PutOptions {
  readonly signal: AbortSignal;
  readonly tell: (says: string, done: number, total: number) => void;
}

/** What could not be put back, and why. */
export interface NotPut {
  readonly object: string;
  readonly error: AutoDevOpsError;
}

const manager = 'autodevops-restore';
const beat = 300;
const settleMs = 30_000;
const definition = object({ status: object({ conditions: list(object({ type: name, status: name })) }) });

function pathOf(resource: ServedResource, { metadata }: RawObject): string {
  const base = `${resource.group === '' ? '/api' : '/apis'}/${apiVersionOf(resource)}`;
  const place = resource.namespaced
    ? `/namespaces/${encodeURIComponent(metadata.namespace === '' ? 'default' : metadata.namespace)}`
    : '';
  return `${base}${place}/${resource.plural}/${encodeURIComponent(metadata.name)}`;
}

async function put(
  client: KubeClient,
  served: readonly ServedResource[],
  one: RawObject,
  signal: AbortSignal,
): Promise<void> {
  const resource = served.find(
    (candidate) => candidate.kind === one.kind && apiVersionOf(candidate) === one.apiVersion,
  );
  if (resource === undefined) {
    throw new AutoDevOpsError(
      'cluster.not-found',
      `The cluster does not serve ${one.kind} of ${one.apiVersion}.`,
      'Install what defines it, and restore again.',
    );
  }
  // Applied, so that to restore twice is to restore once. JSON is YAML.
  await client.json({
    path: `${pathOf(resource, one)}?fieldManager=${manager}&force=true`,
    signal,
    write: { method: 'PATCH', contentType: 'application/apply-patch+yaml', body: one.raw, waitsForTurn: true },
  });
}

/** Waits, boundedly; what does not come true shows in what is put next. */
async function settle(isSettled: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  for (
    const end = performance.now() + settleMs;
    performance.now() < end;
    await sleep(beat, undefined, { signal }).catch(() => {
      throw interrupted();
    })
  ) {
    if (await isSettled()) return;
  }
}

async function has(client: KubeClient, path: string, signal: AbortSignal): Promise<unknown> {
  return await client.json({ path, signal }).catch((error: unknown) => {
    if (error instanceof AutoDevOpsError && error.code === 'cluster.not-found') return undefined;
    throw error;
  });
}

/** A definition is served, and a namespace has its account, only a moment after it was made. */
async function untilUsable(client: KubeClient, one: RawObject, signal: AbortSignal): Promise<void> {
  const own = encodeURIComponent(one.metadata.name);
  if (one.kind === 'CustomResourceDefinition') {
    await settle(
      async () =>
        definition
          .read(await has(client, `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${own}`, signal))
          .status.conditions.some(({ type, status }) => type === 'Established' && status === 'True'),
      signal,
    );
  }
  if (one.kind === 'Namespace') {
    await settle(
      async () => (await has(client, `/api/v1/namespaces/${own}/serviceaccounts/default`, signal)) !== undefined,
      signal,
    );
  }
}

/**
 * Puts objects into a cluster, those that others need first. What is refused is told at the end, and keeps nothing else
 * back. Throws what is about the connection, and `interrupted`.
 */
export async function putObjects(
  client: KubeClient,
  objects: readonly RawObject[],
  { signal, tell }: PutOptions,
): Promise<readonly NotPut[]> {
  const failed: NotPut[] = [];
  let done = 0;
  for (const group of restoreGroups(objects)) {
    const served = await servedNow(client, signal);
    const usable: RawObject[] = [];
    for (const one of group) {
      tell(nameOf(one), done, objects.length);
      try {
        await put(client, served, one, signal);
        usable.push(one);
      } catch (error) {
        if (!(error instanceof AutoDevOpsError) || !isRefusal(error)) throw error;
        failed.push({ object: nameOf(one), error });
      }
      done += 1;
    }
    for (const one of usable) await untilUsable(client, one, signal);
  }
  return failed;
}

/** About this one object; anything else would meet the next one too. */
function isRefusal({ code }: AutoDevOpsError): boolean {
  return [
    'cluster.invalid',
    'cluster.forbidden',
    'cluster.not-found',
    'cluster.conflict',
    'cluster.already-exists',
    'cluster.outcome-unknown',
    'cluster.server-error',
  ].includes(code);
}
