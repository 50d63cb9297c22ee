import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { textAt } from '../json-value.ts';
import { conditionsOf, customNamed, customOfKind } from '../platform/custom-objects.ts';
import { ageOf } from '../recency.ts';

export const karpenterGroup = 'karpenter.sh';

const minute = 60_000;
/** A machine that the cloud refuses is asked for again at once; one that starts joins within two or three minutes. */
const patience = { launch: 2 * minute, register: 5 * minute, initialize: 15 * minute };

/** An order of Karpenter for one machine that does not become a node, and the condition that says so. */
export interface ClaimTrouble {
  readonly step: 'launch' | 'register';
  readonly condition: Condition;
}

/** The order that Karpenter has named to a pod: `Pod should schedule on: nodeclaim/arm-8xk2p`. */
export function claimPromised(snapshot: Snapshot, { message }: ClusterEvent): CustomObject | undefined {
  const name = /nodeclaim\/([a-z0-9.-]{1,253})/.exec(message)?.[1];
  return name === undefined
    ? undefined
    : customNamed(snapshot, { group: karpenterGroup, kind: 'NodeClaim', namespace: '', name });
}

/** The pool of an order. */
export function poolOf(snapshot: Snapshot, claim: CustomObject): CustomObject | undefined {
  const name = claim.metadata.labels[`${karpenterGroup}/nodepool`];
  return name === undefined
    ? undefined
    : customNamed(snapshot, { group: karpenterGroup, kind: 'NodePool', namespace: '', name });
}

function isLate(snapshot: Snapshot, since: string | undefined, step: keyof typeof patience): boolean {
  return (ageOf(snapshot, since) ?? 0) >= patience[step];
}

/** Where an order is stuck: the cloud gives no machine, or the machine does not join the cluster. */
export function claimTrouble(snapshot: Snapshot, claim: CustomObject): ClaimTrouble | undefined {
  if (claim.metadata.deletionTimestamp !== undefined) return undefined;
  const conditions = conditionsOf(claim);
  const launched = conditions.find(({ type }) => type === 'Launched');
  if (launched === undefined) return undefined;
  if (launched.status !== 'True') {
    // Until the cloud has refused once, the condition only says that nobody has looked at the order yet.
    const refused = launched.status === 'False' || launched.reason === 'LaunchFailed';
    return refused && isLate(snapshot, claim.metadata.creationTimestamp, 'launch')
      ? { step: 'launch', condition: launched }
      : undefined;
  }
  const registered = conditions.find(({ type }) => type === 'Registered');
  return registered !== undefined &&
    registered.status !== 'True' &&
    isLate(snapshot, launched.lastTransitionTime ?? claim.metadata.creationTimestamp, 'register')
    ? { step: 'register', condition: registered }
    : undefined;
}

/** Why an order is a node of the cluster and yet not handed to pods: a taint of its start that stays, a resource that no driver offers. */
export function notInitialized(snapshot: Snapshot, claim: CustomObject): Condition | undefined {
  if (claim.metadata.deletionTimestamp !== undefined) return undefined;
  const conditions = conditionsOf(claim);
  const registered = conditions.find(({ type }) => type === 'Registered');
  const initialized = conditions.find(({ type }) => type === 'Initialized');
  return registered?.status === 'True' &&
    initialized !== undefined &&
    initialized.status !== 'True' &&
    isLate(snapshot, registered.lastTransitionTime, 'initialize')
    ? initialized
    : undefined;
}

/** The orders that became these nodes. */
export function claimsOfNodes(snapshot: Snapshot, nodes: readonly string[]): readonly CustomObject[] {
  return customOfKind(snapshot, karpenterGroup, 'NodeClaim').filter((claim) =>
    nodes.includes(textAt(claim.status, 'nodeName')),
  );
}
