import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../../../agent-core/src/changes/execution/run.ts';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../../packages/domain/src/change/plan.ts';
import type { Cause } from '../../../packages/domain/src/diagnosis.ts';
import { AutoDevOpsError } from '../../../packages/domain/src/errors.ts';
import { refByName } from '../../../packages/domain/src/object-ref.ts';
import type { KindName } from '../../../packages/domain/src/kubernetes/kinds.ts';
import type { ClusterObjects } from '../../../packages/domain/src/ports/cluster-objects.ts';
import { openClusterObjects } from '../../../packages/kube/src/objects/cluster-objects.ts';
import { ensureKind } from '../../bed/fixtures.ts';
import type { KindBed } from '../../bed/fixtures.ts';
import { ClusterHand } from '../cluster-hand.ts';
import { repairAgent } from '../repair-agent.ts';
import type { RepairAgent, RepairAgentChoice } from '../repair-agent.ts';
import { linkApprovers } from './approvers.ts';

/** An object as the server has it. */
export interface Seen {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}

/** What a walk stands on: the shared cluster, a hand in it, and an agent with people who agree. */
export interface WalkScene {
  readonly bed: KindBed;
  readonly hand: ClusterHand;
  readonly agent: RepairAgent;
  /** A new namespace with these objects in it; its name stands for `$NS` in them. It goes when the scene closes. */
  readonly namespace: (...objects: readonly object[]) => Promise<string>;
  /** Undefined where it is not there. */
  readonly read: (kind: KindName, namespace: string, name: string) => Promise<Seen | undefined>;
  /** As many people say yes as the policy wants. */
  readonly agree: (change: Change) => Promise<void>;
  /** Agreed to, and followed to its end. */
  readonly settle: (change: Change) => Promise<Change>;
  readonly carryOut: (requests: readonly ActionRequest[], cause?: Cause) => Promise<Change>;
  /** Takes a change back that has ended, by a change of its own. */
  readonly takeBack: (change: Change) => Promise<Change>;
  /** Ends the agent wherever it is, and starts another one on the same store. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One walk: what it asserts, it asserts itself. */
export type Walk = (scene: WalkScene) => Promise<void>;

/** As the agent does it, with less time between: nothing here flaps. */
export const briskPace = { ...usualPace, settle: 3000, again: 2000 };

export function request(
  action: string,
  [kind, namespace, name]: readonly [KindName, string, string],
  params: ActionRequest['params'] = {},
): ActionRequest {
  return { action, target: refByName(kind, namespace, name), params };
}

/** Looks until there is something to see. Throws `what` when there is not within so many seconds. */
export async function seen<T>(
  what: string,
  look: () => Promise<T | undefined>,
  seconds = 180,
  pause = 500,
): Promise<T> {
  for (const end = performance.now() + seconds * 1000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`this did not come about within ${seconds} s: ${what}`);
    await sleep(pause);
  }
}

/** Waits until it is so. */
export async function comesTrue(what: string, isSo: () => Promise<boolean>, seconds = 180): Promise<void> {
  await seen(what, async () => ((await isSo()) ? true : undefined), seconds);
}

/** Jamie's cause with that code in a namespace, or the one that explains it. */
export async function causeIn(
  { agent }: WalkScene,
  namespace: string,
  code: string,
  seconds = 120,
): Promise<Awaited<ReturnType<RepairAgent['fixes']>>[number]> {
  return await seen(
    `${code} in ${namespace}`,
    async () =>
      (await agent.fixes(namespace)).find(({ cause }) =>
        [cause, ...cause.symptoms].some((found) => found.code === code),
      ),
    seconds,
    2000,
  );
}

function reader(objects: ClusterObjects): WalkScene['read'] {
  return async (kind, namespace, name) => {
    const found = await objects.get(refByName(kind, namespace, name), soon());
    return found === undefined ? undefined : ({ spec: {}, status: {}, ...found } as unknown as Seen);
  };
}

function soon(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(60_000) };
}

interface Company {
  readonly agent: RepairAgent;
  readonly agree: (change: Change) => Promise<void>;
}

async function startAgent({ kubeconfigPath }: KindBed, choice: RepairAgentChoice): Promise<Company> {
  const agent = await repairAgent(kubeconfigPath, { pace: briskPace, ...choice });
  return { agent, agree: await linkApprovers(agent) };
}

/** What became ready between the proposal and the yes makes another proposal necessary. */
async function untilCurrent(carryOut: () => Promise<Change>, tries = 3): Promise<Change> {
  return await carryOut().catch(async (error: unknown) => {
    if (tries <= 1 || !(error instanceof AutoDevOpsError) || error.code !== 'change.stale') throw error;
    return await untilCurrent(carryOut, tries - 1);
  });
}

/** Namespaces of a scene, with neutral names. */
function namespaceMaker(hand: ClusterHand, made: string[]): WalkScene['namespace'] {
  return async (...objects) => {
    const name = `n${randomBytes(4).toString('hex')}`;
    made.push(name);
    await hand.createNamespaces([name]);
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }).replaceAll('$NS', name);
    if (objects.length > 0) await hand.must(['-n', name, 'apply', '-f', '-'], list);
    return name;
  };
}

/** `cluster`: the name of one that only these walks change; the shared one when absent. */
export async function walkScene({
  cluster,
  ...given
}: Omit<RepairAgentChoice, 'folder' | 'pace'> & { readonly cluster?: string } = {}): Promise<WalkScene> {
  const bed = await ensureKind(cluster === undefined ? {} : { name: cluster });
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  const choice = { ...given, folder: mkdtempSync(join(tmpdir(), 'autodevops-walk-')) };
  const objects = await openClusterObjects({ kubeconfig: bed.kubeconfigPath });
  let company = await startAgent(bed, choice);
  const made: string[] = [];
  const settle: WalkScene['settle'] = async (change) => {
    await company.agree(change);
    return await company.agent.follow(change.id);
  };
  return {
    bed,
    hand,
    settle,
    agree: async (change) => await company.agree(change),
    get agent() {
      return company.agent;
    },
    namespace: namespaceMaker(hand, made),
    read: reader(objects),
    carryOut: async (requests, cause) =>
      await untilCurrent(async () => await settle(await company.agent.propose(requests, cause))),
    takeBack: async ({ id }) =>
      await settle(await company.agent.client.undo({ params: { id }, body: { why: 'The walk goes back.' } }, soon())),
    restart: async () => {
      await company.agent.close();
      company = await startAgent(bed, choice);
    },
    close: async () => {
      if (made.length > 0) await hand.run(['delete', 'namespace', '--ignore-not-found', '--wait=false', ...made]);
      await company.agent.close();
      await objects.close();
      rmSync(choice.folder, { recursive: true, force: true });
      await bed.stop();
    },
  };
}
