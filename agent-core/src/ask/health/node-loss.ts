import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { parseQuantity } from '@autodevops/domain/quantity';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { takesOrdinaryPods } from '../../reading/scheduling/node-room.ts';

/** What one workload loses with a node. */
export interface Loss {
  readonly workload: ObjectRef;
  readonly here: number;
  readonly readyElsewhere: number;
  readonly effect: string;
  readonly down: boolean;
}

/** A claim of the pod whose volume can be used on that node only. */
function boundVolume(snapshot: Snapshot, pod: Pod, node: string): string | undefined {
  for (const { persistentVolumeClaim } of pod.spec.volumes) {
    const claim =
      persistentVolumeClaim === undefined
        ? undefined
        : snapshot.get('PersistentVolumeClaim', pod.metadata.namespace, persistentVolumeClaim.claimName);
    const volume = snapshot.get('PersistentVolume', '', claim?.spec.volumeName ?? '');
    const terms = volume?.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
    const names = terms.flatMap((t) =>
      t.matchExpressions.filter((e) => e.key === 'kubernetes.io/hostname').flatMap((e) => e.values),
    );
    if (names.length > 0 && names.every((name) => name === node)) return persistentVolumeClaim?.claimName;
  }
  return undefined;
}

function effectOf(
  snapshot: Snapshot,
  group: { workload: ObjectRef; here: readonly Pod[]; readyElsewhere: number; node: string },
): { effect: string; down: boolean } {
  const { workload, here, readyElsewhere, node } = group;
  if (workload.kind === 'DaemonSet') return { effect: 'loses its pod of this node, as is its nature', down: false };
  const claim = here.map((pod) => boundVolume(snapshot, pod, node)).find((name) => name !== undefined);
  if (claim !== undefined) {
    return { effect: `cannot move: claim ${claim} is kept on this node`, down: readyElsewhere === 0 };
  }
  if (workload.kind === 'Node') return { effect: 'a static pod of this node', down: readyElsewhere === 0 };
  if (workload.kind === 'Pod') return { effect: 'a pod without a controller: nothing makes it again', down: true };
  if (readyElsewhere === 0) return { effect: 'down until its pods are started elsewhere', down: true };
  return { effect: `goes on with ${readyElsewhere} ready`, down: false };
}

/** Workloads with pods on a node, those that would be down first. */
export function lossesOf(snapshot: Snapshot, node: string): readonly Loss[] {
  const groups = new Map<string, { workload: ObjectRef; here: Pod[]; elsewhere: Pod[] }>();
  for (const pod of snapshot.list('Pod')) {
    if (isFinished(pod)) continue;
    const workload = workloadOf(snapshot, pod);
    const key = refKey(workload);
    const group = groups.get(key) ?? { workload, here: [], elsewhere: [] };
    groups.set(key, group);
    (pod.spec.nodeName === node ? group.here : group.elsewhere).push(pod);
  }
  return [...groups.values()]
    .filter((group) => group.here.length > 0)
    .map(({ workload, here, elsewhere }) => {
      const readyElsewhere = elsewhere.filter(isReady).length;
      return {
        workload,
        here: here.length,
        readyElsewhere,
        ...effectOf(snapshot, { workload, here, readyElsewhere, node }),
      };
    })
    .toSorted((a, b) => Number(b.down) - Number(a.down) || refText(a.workload).localeCompare(refText(b.workload)));
}

function requested(pods: readonly Pod[], resource: string): number {
  return pods
    .flatMap((p) => p.spec.containers)
    .reduce((sum, c) => sum + (parseQuantity(c.resources.requests[resource]) ?? 0), 0);
}

/** Whether the requests of a node's pods fit what the other nodes have free; undefined where that cannot be told. */
export function roomElsewhere(
  snapshot: Snapshot,
  node: string,
): { readonly fits: boolean; readonly said: string } | undefined {
  if (!snapshot.saw('Node') || !snapshot.saw('Pod')) return undefined;
  const living = snapshot.list('Pod').filter((pod) => !isFinished(pod));
  const moving = living.filter(
    (pod) => pod.spec.nodeName === node && !['DaemonSet', 'Node'].includes(pod.metadata.ownerReferences[0]?.kind ?? ''),
  );
  const others = snapshot.list('Node').filter((n) => n.metadata.name !== node && takesOrdinaryPods(n));
  if (others.length === 0) return { fits: false, said: 'No other node takes ordinary pods now.' };
  const lacking = ['cpu', 'memory'].filter((resource) => {
    const free = others.map(
      (n) =>
        (parseQuantity(n.status.allocatable[resource]) ?? 0) -
        requested(
          living.filter((p) => p.spec.nodeName === n.metadata.name),
          resource,
        ),
    );
    return requested(moving, resource) > free.reduce((sum, f) => sum + Math.max(0, f), 0);
  });
  return lacking.length > 0
    ? { fits: false, said: `The other nodes do not have the ${lacking.join(' and ')} that its pods ask for.` }
    : {
        fits: true,
        said: 'By their requests, its pods fit on the other nodes (selectors, affinities and volumes set aside).',
      };
}
