import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ageOf, isRecent, newestEvents } from '../recency.ts';

/** A node that registers needs a moment for its network and its first image list. */
const joining = 2 * 60_000;

export function readyCondition(node: Node): Condition | undefined {
  return node.status.conditions.find((c) => c.type === 'Ready');
}

/** Says of itself, or has said of it, that it is not ready. A node without any Ready condition is not known. */
export function isUnready(node: Node): boolean {
  const ready = readyCondition(node);
  return ready !== undefined && ready.status !== 'True';
}

/** Announced, by who updates the machine's system, until the machine has had time to boot. */
const booting = 10 * 60_000;

/** What those say who take a cordoned node down for an update: OpenShift's daemon, AKS's upgrader. */
const takenDown = ['Reboot', 'Drain', 'Upgrade'];

/** It is being restarted: that was announced minutes ago, or its kubelet has begun again moments ago. */
function isRestarting(snapshot: Snapshot, node: Node): boolean {
  // A kubelet that begins again and again is no restart: the node has not been ready for longer than one takes.
  if ((ageOf(snapshot, readyCondition(node)?.lastTransitionTime) ?? Infinity) > booting) return false;
  const ref = refTo('Node', node);
  if (newestEvents(snapshot, ref, 'Rebooted', 'Starting').some((e) => isRecent(snapshot, e.last, joining))) return true;
  return (
    node.spec.unschedulable === true &&
    newestEvents(snapshot, ref, ...takenDown).some((e) => isRecent(snapshot, e.last, booting))
  );
}

/** Not ready because it joined moments ago, or is being restarted on purpose. */
export function isJoining(snapshot: Snapshot, node: Node): boolean {
  if (!isUnready(node)) return false;
  const age = ageOf(snapshot, node.metadata.creationTimestamp);
  return (age !== undefined && age < joining) || isRestarting(snapshot, node);
}

/** What its node says of the pod's containers is from before the node was restarted, or it has not said anything yet. */
export function isOnStartingNode(snapshot: Snapshot, pod: Pod): boolean {
  const node = snapshot.get('Node', '', pod.spec.nodeName ?? '');
  return node !== undefined && isJoining(snapshot, node);
}
