import { setTimeout as sleep } from 'node:timers/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted, stopIfAborted } from '@autodevops/domain/interruption';
import { list, name, number, object } from '@autodevops/domain/kubernetes/shape';
import { oneLine } from '@autodevops/domain/printable';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { createKubeClient } from '../../http/client.ts';
import type { KubeClient } from '../../http/client.ts';
import { loadClusterAccess } from '../../kubeconfig/kubeconfig.ts';

/** A node as the API server has it. */
export interface ApiNode {
  readonly name: string;
  readonly ready: boolean;
  /** Of its kubelet. */
  readonly version: string;
  /** Why it is not ready; empty otherwise. */
  readonly why: string;
}

const nodeList = object({
  items: list(
    object({
      metadata: object({ name }),
      status: object({
        conditions: list(object({ type: name, status: name, message: name })),
        nodeInfo: object({ kubeletVersion: name }),
      }),
    }),
  ),
});
const deployment = object({ status: object({ availableReplicas: number }) });

/** The answer is `ok`. */
const largestWord = 64 * 1024;
const beat = 400;
const readyMs = 300_000;
const dnsMs = 180_000;
/** One question; while a cluster starts, the next one is soon asked. */
const quick = { connect: 2_000, header: 5_000, idle: 5_000, total: 8_000 };

/** Works with the API server of one kubeconfig file, and closes the client whatever happens. */
export async function withApi<T>(kubeconfig: string, work: (client: KubeClient) => Promise<T>): Promise<T> {
  const client = createKubeClient(await loadClusterAccess({ kubeconfig }));
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

export async function readNodes(client: KubeClient, signal: AbortSignal): Promise<readonly ApiNode[]> {
  const { items } = nodeList.read(await client.json({ path: '/api/v1/nodes', signal, deadlines: quick, patience: 0 }));
  return items.map(({ metadata, status }) => {
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    return {
      name: metadata.name,
      ready: ready?.status === 'True',
      version: status.nodeInfo.kubeletVersion,
      why: ready?.status === 'True' ? '' : (ready?.message ?? ''),
    };
  });
}

/** Whether the API server says that it is ready. Never throws but when interrupted. */
export async function isReady(client: KubeClient, signal: AbortSignal): Promise<boolean> {
  try {
    const { body } = await client.open({ path: '/readyz', signal, deadlines: quick, patience: 0 });
    for await (const part of body) if (part.length > largestWord) return false;
    return true;
  } catch {
    stopIfAborted(signal);
    return false;
  }
}

/** Asks again and again until the answer is there. What cannot be asked yet counts as no answer. Undefined when it is late. */
async function until<T>(
  ask: () => Promise<T | undefined>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    const answer = await ask().catch((error: unknown) => {
      if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    await sleep(beat, undefined, { signal }).catch(() => {
      throw interrupted();
    });
  }
  return undefined;
}

export interface Waiting {
  readonly signal: AbortSignal;
  readonly tell: (says: string, done: number, total: number) => void;
}

/** Waits until so many nodes are there and ready. Throws `local.failed` with what the first one says that is not. */
export async function waitForNodes(
  client: KubeClient,
  count: number,
  { signal, tell }: Waiting,
  hint: string | RemedyParts,
): Promise<void> {
  let last: readonly ApiNode[] = [];
  let told = -1;
  const all = await until(
    async () => {
      last = await readNodes(client, signal);
      const ready = last.filter((node) => node.ready).length;
      if (ready !== told) tell(`${ready} of ${count} nodes are ready`, ready, count);
      told = ready;
      return last.length >= count && ready === last.length ? last : undefined;
    },
    readyMs,
    signal,
  );
  if (all !== undefined) return;
  const sick = last.find((node) => !node.ready);
  const why =
    sick === undefined
      ? `${last.length} of ${count} have joined`
      : `${sick.name}: ${oneLine(sick.why, 200) || 'it says nothing'}`;
  throw new AutoDevOpsError(
    'local.failed',
    `Not all nodes are ready after ${readyMs / 60_000} minutes (${why.replace(/\.$/, '')}).`,
    hint,
  );
}

/** Waits until the cluster's DNS can answer. Throws `local.failed`. */
export async function waitForDns(client: KubeClient, { signal }: Pick<Waiting, 'signal'>): Promise<void> {
  const path = '/apis/apps/v1/namespaces/kube-system/deployments/coredns';
  const up = await until(
    async () => {
      const { status } = deployment.read(await client.json({ path, signal, deadlines: quick, patience: 0 }));
      return (status.availableReplicas ?? 0) > 0 ? true : undefined;
    },
    dnsMs,
    signal,
  );
  if (up !== true) {
    throw new AutoDevOpsError(
      'local.failed',
      `The cluster's DNS is not available after ${dnsMs / 60_000} minutes.`,
      remedy`Ask why: ${{ do: 'diagnose', namespace: 'kube-system' }}.`,
    );
  }
}
