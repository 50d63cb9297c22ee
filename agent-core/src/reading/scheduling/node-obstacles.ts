import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesNodeTerm } from '../selector.ts';
import { freeOf, hostPortsOf } from './node-room.ts';
import type { NodeRoom } from './node-room.ts';
import { requestOf } from './pod-request.ts';
import { obstacleOfTaint } from './scheduler-message.ts';
import type { ObstacleKind } from './scheduler-message.ts';
import { taintText, untolerated } from './taints.ts';

/** Why one node does not take a pod. `subject`: the resource, the taint, the port, the volume. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly subject: string;
}

/** What of a pod every node is compared with; made once for a pod. */
export interface Wish {
  readonly pod: Pod;
  readonly request: ReadonlyMap<string, number>;
  readonly ports: readonly string[];
  readonly volumes: readonly PersistentVolume[];
}

/** The bound volumes of a pod that can be seen. */
function boundVolumes(snapshot: Snapshot, pod: Pod): readonly PersistentVolume[] {
  return pod.spec.volumes.flatMap((volume) => {
    const claimName =
      volume.persistentVolumeClaim?.claimName ??
      (volume.ephemeral === undefined ? undefined : `${pod.metadata.name}-${volume.name}`);
    if (claimName === undefined) return [];
    const claim = snapshot.get('PersistentVolumeClaim', pod.metadata.namespace, claimName);
    const name = claim?.spec.volumeName;
    const found = name === undefined || name === '' ? undefined : snapshot.get('PersistentVolume', '', name);
    return found === undefined ? [] : [found];
  });
}

export function wishOf(snapshot: Snapshot, pod: Pod): Wish {
  return { pod, request: requestOf(pod.spec), ports: hostPortsOf(pod), volumes: boundVolumes(snapshot, pod) };
}

const zoneLabels = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/region',
];

/** A volume's own node affinity, and for older volumes its zone labels (several zones are joined by `__`). */
export function volumeFits(volume: PersistentVolume, room: NodeRoom): boolean {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms;
  if (terms !== undefined && !terms.some((term) => matchesNodeTerm(term, room.node))) return false;
  return zoneLabels.every((label) => {
    const wanted = volume.metadata.labels[label];
    const own = room.node.metadata.labels[label];
    return wanted === undefined || own === undefined || wanted.split('__').includes(own);
  });
}

/** The pod's nodeSelector and required node affinity. */
export function selectorFits(pod: Pod, room: NodeRoom): boolean {
  const { labels } = room.node.metadata;
  if (!Object.entries(pod.spec.nodeSelector).every(([key, value]) => labels[key] === value)) return false;
  const terms = pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesNodeTerm(term, room.node));
}

/** Resources of which the node cannot give what is asked. */
function shortages(wish: Wish, room: NodeRoom): readonly Obstacle[] {
  const lacking: Obstacle[] = [];
  for (const [resource, amount] of [['pods', 1] as const, ...wish.request]) {
    // Rounding of fractions must not make a shortage.
    if (amount > 0 && amount > (freeOf(room, resource) ?? 0) * (1 + 1e-9) + 1e-9) {
      lacking.push({ kind: 'resource', subject: resource });
    }
  }
  return lacking;
}

const nothing: readonly Obstacle[] = [];

/** What is wrong with the node itself for this pod: taints it does not tolerate, cordoned. */
export function stateObstacles(wish: Wish, room: NodeRoom): readonly Obstacle[] {
  const { node } = room;
  if (node.spec.taints.length === 0 && node.spec.unschedulable !== true) return nothing;
  const taints = untolerated(wish.pod.spec, node).map((taint) => ({
    kind: obstacleOfTaint(taint.key),
    subject: taintText(taint),
  }));
  if (node.spec.unschedulable !== true || taints.some((taint) => taint.kind === 'cordoned')) return taints;
  const tainted = node.spec.taints.some((taint) => taint.key === 'node.kubernetes.io/unschedulable');
  const tolerant = wish.pod.spec.tolerations.some(
    (t) => t.operator === 'Exists' && ((t.key ?? '') === '' || t.key === 'node.kubernetes.io/unschedulable'),
  );
  return tainted || tolerant ? taints : [...taints, { kind: 'cordoned', subject: 'spec.unschedulable' }];
}

/** What the node lacks for this pod: ports and resources. */
export function roomObstacles(wish: Wish, room: NodeRoom): readonly Obstacle[] {
  const ports = wish.ports
    .filter((port) => room.hostPorts.has(port))
    .map((port): Obstacle => ({ kind: 'host-port', subject: port }));
  return [...ports, ...shortages(wish, room)];
}
