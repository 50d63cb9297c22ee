import type { Actor } from '@autodevops/domain/change/actor';
import { isOutside, madeByThisChange } from '@autodevops/domain/change/operation';
import type { ClusterOperation, Manifest, Operation } from '@autodevops/domain/change/operation';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import type { FakeCluster } from '@autodevops/testkit/fake-cluster';
import type { Live, Standing } from '../action.ts';
import type { Json } from '../patches/field-patch.ts';
import { planAction, verifyAction } from '../plan-action.ts';
import type { PlannedDraft } from '../plan-action.ts';

export const noon = Date.parse('2026-01-01T12:00:00Z');

export interface Asked {
  readonly action: string;
  readonly target: ObjectName & { readonly uid?: string };
  readonly params?: Readonly<Record<string, Json>>;
  readonly from?: Actor['kind'];
}

/** A cluster in memory with the frame in front of it: what the executor does, step by step. */
export interface ActionScene {
  readonly cluster: FakeCluster;
  readonly live: Live;
  readonly plan: (asked: Asked) => Promise<PlannedDraft>;
  /** The sentence with which a request is turned down; fails when it is not. */
  readonly refusal: (asked: Asked) => Promise<string>;
  readonly send: (operations: readonly Operation[]) => Promise<void>;
  /** Plans it and sends all of it. */
  readonly carryOut: (asked: Asked) => Promise<PlannedAction>;
  readonly undo: (planned: PlannedAction) => Promise<void>;
  readonly verify: (planned: PlannedAction) => Promise<Standing>;
  readonly get: (name: ObjectName) => Promise<Manifest>;
  /** What a controller or a person does: parts of the object are replaced. */
  readonly alter: (name: ObjectName, parts: Readonly<Record<string, unknown>>) => Promise<void>;
}

const signal = AbortSignal.timeout(60_000);

/** With the version that the object has now, and with the uid of what the change itself made. */
async function fresh(operation: ClusterOperation, cluster: FakeCluster): Promise<ClusterOperation> {
  if (operation.verb === 'create' || operation.verb === 'apply') return operation;
  const now = await cluster.get(operation.target, { signal });
  if (now === undefined) return operation;
  const uid = operation.target.uid === madeByThisChange ? String(now.metadata['uid']) : operation.target.uid;
  return { ...operation, target: { ...targetOf(now), uid } };
}

export function actionScene(...objects: readonly Manifest[]): ActionScene {
  return actionSceneWith({}, ...objects);
}

/** With what lies outside of the cluster too. */
export function actionSceneWith(
  outside: Partial<Pick<Live, 'images' | 'git' | 'alerts'>>,
  ...objects: readonly Manifest[]
): ActionScene {
  const cluster = fakeCluster(objects, { now: () => noon });
  const live: Live = { cluster, now: noon, signal, ...outside };
  const plan = async ({ action, target, params = {}, from }: Asked): Promise<PlannedDraft> =>
    await planAction({ action, target: { ...target, uid: target.uid ?? '' }, params }, live, from);
  const send = async (operations: readonly Operation[]): Promise<void> => {
    for (const operation of operations) {
      if (isOutside(operation)) throw new TypeError(`${operation.verb} is not sent to a cluster`);
      await cluster.send(await fresh(operation, cluster), { dryRun: false, changeId: 'chg-test', signal });
    }
  };
  const get = async (name: ObjectName): Promise<Manifest> => {
    const found = await cluster.get(name, { signal });
    if (found === undefined) throw new Error(`no ${name.kind} ${name.name}`);
    return found;
  };
  return {
    cluster,
    live,
    plan,
    send,
    get,
    refusal: async (asked) =>
      await plan(asked).then(
        ({ planned }) => {
          throw new Error(`not refused: ${planned.sentences.will}`);
        },
        (error: unknown) => {
          if (!isUnplannable(error)) throw error;
          return error.message;
        },
      ),
    carryOut: async (asked) => {
      const { planned } = await plan(asked);
      await send(planned.operations);
      return planned;
    },
    undo: async (planned) => await send(planned.undo.operations),
    verify: async (planned) => await verifyAction(planned.request, live),
    alter: async (name, parts) => cluster.put({ ...(await get(name)), ...parts }),
  };
}
