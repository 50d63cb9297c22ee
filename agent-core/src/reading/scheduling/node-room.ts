import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { conditionOf, isFinished } from '../pods/pod-status.ts';
import { requestOf } from './pod-request.ts';

/** A node with what it can give and what is promised already: cores, bytes, pieces. */
export interface NodeRoom {
  readonly node: Node;
  readonly pods: readonly Pod[];
  readonly allocatable: ReadonlyMap<string, number>;
  readonly used: ReadonlyMap<string, number>;
  /** `8080/TCP` of the host, and the pod that has it. */
  readonly hostPorts: ReadonlyMap<string, Pod>;
}

/** `port/protocol` of every host port that the pod takes. */
export function hostPortsOf(pod: Pod): readonly string[] {
  const ports = pod.spec.containers.flatMap((container) => container.ports);
  return ports.flatMap((port) => {
    const taken = port.hostPort ?? (pod.spec.hostNetwork === true ? port.containerPort : undefined);
    return taken === undefined || taken === 0 ? [] : [`${taken}/${port.protocol ?? 'TCP'}`];
  });
}

function quantities(raw: Readonly<Record<string, string>>): Map<string, number> {
  return new Map(Object.entries(raw).map(([resource, quantity]) => [resource, parseQuantity(quantity) ?? 0]));
}

function roomOf(node: Node, pods: readonly Pod[]): NodeRoom {
  const used = new Map<string, number>([['pods', pods.length]]);
  const hostPorts = new Map<string, Pod>();
  for (const pod of pods) {
    for (const [resource, amount] of requestOf(pod.spec)) used.set(resource, (used.get(resource) ?? 0) + amount);
    for (const port of hostPortsOf(pod)) hostPorts.set(port, pod);
  }
  return { node, pods, allocatable: quantities(node.status.allocatable), used, hostPorts };
}

/** Every node with the unfinished pods on it; made once for a snapshot. */
export const nodeRooms: (snapshot: Snapshot) => readonly NodeRoom[] = perSnapshot((snapshot) => {
  const byNode = new Map<string, Pod[]>();
  for (const pod of snapshot.list('Pod')) {
    const { nodeName } = pod.spec;
    if (nodeName === undefined || nodeName === '' || isFinished(pod)) continue;
    const on = byNode.get(nodeName);
    if (on === undefined) byNode.set(nodeName, [pod]);
    else on.push(pod);
  }
  return snapshot.list('Node').map((node) => roomOf(node, byNode.get(node.metadata.name) ?? []));
});

/** What a node can still give of a resource; undefined when it has no such resource. */
export function freeOf(room: NodeRoom, resource: string): number | undefined {
  const allocatable = room.allocatable.get(resource);
  return allocatable === undefined ? undefined : allocatable - (room.used.get(resource) ?? 0);
}

/** Ready, not cordoned, and without a taint that keeps pods away. */
export function takesOrdinaryPods({ spec, status }: Node): boolean {
  const repels = spec.taints.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return !repels && spec.unschedulable !== true && conditionOf(status.conditions, 'Ready')?.status === 'True';
}
