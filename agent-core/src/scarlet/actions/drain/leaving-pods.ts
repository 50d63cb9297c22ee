import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { isFinished, isTerminating } from '../../../reading/pods/pod-status.ts';
import type { Live } from '../../action.ts';
import { controllerOf } from '../../targets/controller.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { isMirror } from '../../standing/pod-removal.ts';

/** Pods of a node, by what a drain does with them. */
export interface NodePods {
  /** To be evicted. */
  readonly leaving: readonly Manifest[];
  /** On their way out already. */
  readonly ending: readonly Manifest[];
  /** A DaemonSet's, or static: they belong to the node. */
  readonly staying: readonly Manifest[];
}

export async function podsOnNode(node: string, live: Live): Promise<readonly Manifest[]> {
  const pods = await live.cluster.list(
    { apiVersion: 'v1', kind: 'Pod', namespace: '', fieldSelector: `spec.nodeName=${node}` },
    { signal: live.signal },
  );
  return pods.filter((pod) => fieldAt(pod, ['spec', 'nodeName']) === node);
}

function byName(a: Manifest, b: Manifest): number {
  const [x, y] = [a, b].map((pod) => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`) as [string, string];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Finished pods are left as they are: they use nothing, and their logs may be wanted. */
export function sortedOut(pods: readonly Manifest[]): NodePods {
  const alive = pods.filter((pod) => !isFinished(kinds.Pod.shape.read(pod))).toSorted(byName);
  const staying = alive.filter((pod) => isMirror(pod) || controllerOf(pod)?.kind === 'DaemonSet');
  const others = alive.filter((pod) => !staying.includes(pod));
  const ending = others.filter((pod) => isTerminating(kinds.Pod.shape.read(pod)));
  return { staying, ending, leaving: others.filter((pod) => !ending.includes(pod)) };
}

export function hasScratch(pod: Manifest): boolean {
  const volumes = fieldAt(pod, ['spec', 'volumes']);
  return Array.isArray(volumes) && volumes.some((volume: unknown) => fieldAt(volume, ['emptyDir']) !== undefined);
}
