import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../../packages/domain/src/change/plan.ts';
import type { Cause } from '../../../packages/domain/src/diagnosis.ts';
import type { ObjectRef } from '../../../packages/domain/src/object-ref.ts';
import { startControlPlane } from '../../bed/fixtures.ts';
import type { Bed } from '../../bed/fixtures.ts';
import { ClusterHand } from '../../scenarios/cluster-hand.ts';
import { repairAgent } from '../../scenarios/repair-agent.ts';
import type { RepairAgent } from '../../scenarios/repair-agent.ts';
import { linkApprovers } from '../../scenarios/walks/approvers.ts';
import { briskPace, seen } from '../../scenarios/walks/walk-scene.ts';

/** Of an object as the server has it, what these tests look at. */
const Read = z.looseObject({
  metadata: z.looseObject({
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.record(z.string(), z.unknown()).default({}),
  status: z.record(z.string(), z.unknown()).default({}),
  data: z.record(z.string(), z.string()).default({}),
});
export type Read = z.infer<typeof Read>;

/** A control plane of one's own, a hand in it, and an agent with people who agree. */
export interface DeliveryScene {
  readonly bed: Bed;
  readonly hand: ClusterHand;
  readonly agent: RepairAgent;
  readonly read: (object: ObjectRef) => Promise<Read>;
  /** Proposed, agreed to by as many as the policy wants, and followed to its end. */
  readonly carryOut: (request: ActionRequest, cause?: Cause) => Promise<Change>;
  /** Taken back by a change of its own, which is carried out as well. */
  readonly takeBack: (change: Change) => Promise<Change>;
  /** Jamie's causes in a namespace. */
  readonly causes: (namespace: string) => Promise<readonly Cause[]>;
  /** Jamie's cause with that code on an object, when she tells it. */
  readonly caused: (code: string, object: ObjectRef) => Promise<Cause>;
  /** The codes of all that Jamie tells of a namespace, also below the line: what fails since a moment only is told there. */
  readonly told: (namespace: string) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** An object by its full name, as Jamie names it: `kustomize.toolkit.fluxcd.io/v1/Kustomization/shop/web`. */
export function named(apiVersion: string, kind: string, namespace: string, name: string): ObjectRef {
  return { apiVersion, kind, namespace, name, uid: '' };
}

export function ask(action: string, target: ObjectRef, params: ActionRequest['params'] = {}): ActionRequest {
  return { action, target, params };
}

function typeOf({ apiVersion, kind }: ObjectRef): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return group === '' ? kind : `${kind}.${version}.${group}`;
}

export async function deliveryScene(): Promise<DeliveryScene> {
  const bed = await startControlPlane();
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-delivery-'));
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  const agent = await repairAgent(bed.kubeconfigPath, { folder, pace: briskPace });
  const agree = await linkApprovers(agent);
  const settle = async (change: Change): Promise<Change> => {
    await agree(change);
    return await agent.follow(change.id);
  };
  const look = async (namespace: string) => await agent.client.diagnose({ body: { namespaces: [namespace] } }, soon());
  const soon = () => ({ signal: AbortSignal.timeout(60_000) });
  return {
    bed,
    hand,
    agent,
    read: async (object) =>
      Read.parse(
        JSON.parse(await hand.must(['-n', object.namespace, 'get', typeOf(object), object.name, '-o', 'json'])),
      ),
    carryOut: async (request, cause) => await settle(await agent.propose([request], cause)),
    caused: async (code, { namespace, name }) =>
      await seen(code, async () =>
        (await look(namespace)).causes.find((cause) => cause.code === code && cause.object.name === name),
      ),
    takeBack: async ({ id }) =>
      await settle(await agent.client.undo({ params: { id }, body: { why: 'The test goes back.' } }, soon())),
    causes: async (namespace) => (await look(namespace)).causes,
    told: async (namespace) => {
      const { causes, information } = await look(namespace);
      return [...causes, ...information].flatMap(({ code, symptoms }) => [
        code,
        ...symptoms.map((symptom) => symptom.code),
      ]);
    },
    close: async () => {
      await agent.close();
      await bed.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
