import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { nameList } from '../../reading/name-list.ts';
import { isReady } from '../patches/cordon-patch.ts';
import {
  roomObstacles,
  selectorFits,
  stateObstacles,
  volumeFits,
  wishOf,
} from '../../reading/scheduling/node-obstacles.ts';
import type { Wish } from '../../reading/scheduling/node-obstacles.ts';
import { hostPortsOf, nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import type { Live } from '../action.ts';

/** Whether pods would find a place on other nodes, all together. */
export interface Placement {
  readonly fit: number;
  /** `shop/db-0 (memory)`: pods without a place, with what is in the way where that is one thing. */
  readonly homeless: readonly string[];
}

function withPod(room: NodeRoom, { pod, request }: Wish): NodeRoom {
  const used = new Map(room.used);
  for (const [resource, amount] of [['pods', 1] as const, ...request]) {
    used.set(resource, (used.get(resource) ?? 0) + amount);
  }
  return {
    ...room,
    pods: [...room.pods, pod],
    used,
    hostPorts: new Map([...room.hostPorts, ...hostPortsOf(pod).map((port) => [port, pod] as const)]),
  };
}

/** What keeps the pod off this node; empty when it fits. */
function obstacles(wish: Wish, room: NodeRoom): readonly string[] {
  const state = stateObstacles(wish, room).map((obstacle) => obstacle.subject);
  const selector = selectorFits(wish.pod, room) ? [] : ['its node selector'];
  const volumes = wish.volumes.every((volume) => volumeFits(volume, room)) ? [] : ['its volume'];
  return [...state, ...selector, ...volumes, ...roomObstacles(wish, room).map((obstacle) => obstacle.subject)];
}

function sizeOf({ request }: Wish): number {
  return request.get('memory') ?? 0;
}

/** Largest first, each on the first node that takes it. Affinity between pods and spreading are not looked at. */
function place(wishes: readonly Wish[], free: readonly NodeRoom[]): Placement {
  const rooms = [...free];
  const homeless: string[] = [];
  for (const wish of wishes.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const kept = rooms.map((room) => obstacles(wish, room));
    const at = kept.findIndex((found) => found.length === 0);
    const room = rooms[at];
    if (room !== undefined) rooms[at] = withPod(room, wish);
    else homeless.push(homelessText(wish.pod, kept));
  }
  return { fit: wishes.length - homeless.length, homeless };
}

function homelessText({ metadata }: Pod, kept: readonly (readonly string[])[]): string {
  const reasons = [...new Set(kept.map((found) => found[0] ?? ''))];
  return `${metadata.namespace}/${metadata.name}${reasons.length === 0 ? '' : ` (${nameList(reasons)})`}`;
}

/** Looks whether the pods find a place on nodes other than this one, by requests, taints, selectors, ports and volumes. */
export async function placementElsewhere(
  pods: readonly Manifest[],
  node: Manifest,
  allPods: readonly Manifest[],
  live: Live,
): Promise<Placement> {
  const list = async (apiVersion: string, kind: string): Promise<readonly Manifest[]> =>
    await live.cluster.list({ apiVersion, kind, namespace: '' }, { signal: live.signal });
  const [nodes, claims, volumes] = await Promise.all([
    list('v1', 'Node'),
    list('v1', 'PersistentVolumeClaim'),
    list('v1', 'PersistentVolume'),
  ]);
  const snapshot = new Snapshot({
    capturedAt: new Date(live.now).toISOString(),
    objects: {
      Node: nodes
        .filter((other) => other.metadata.name !== node.metadata.name && isReady(other))
        .map((other) => kinds.Node.shape.read(other)),
      Pod: allPods.map((pod) => kinds.Pod.shape.read(pod)),
      PersistentVolumeClaim: claims.map((claim) => kinds.PersistentVolumeClaim.shape.read(claim)),
      PersistentVolume: volumes.map((volume) => kinds.PersistentVolume.shape.read(volume)),
    },
  });
  return place(
    pods.map((pod) => wishOf(snapshot, kinds.Pod.shape.read(pod))),
    nodeRooms(snapshot),
  );
}
