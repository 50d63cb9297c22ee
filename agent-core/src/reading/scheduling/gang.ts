import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isFinished } from '../pods/pod-status.ts';

/** By which schedulers know the pods that must start together: Volcano, the coscheduling plugin, YuniKorn. */
const annotations = ['scheduling.k8s.io/group-name', 'yunikorn.apache.org/task-group-name'];
const labels = ['scheduling.x-k8s.io/pod-group', 'pod-group.scheduling.sigs.k8s.io/name'];

function groupOf({ metadata }: Pod): string {
  for (const key of annotations) {
    if ((metadata.annotations[key] ?? '') !== '') return `${key}=${metadata.annotations[key]}`;
  }
  for (const key of labels) if ((metadata.labels[key] ?? '') !== '') return `${key}=${metadata.labels[key]}`;
  return '';
}

/** How many other pods of its gang wait for a node: they could have one, and are held back until all can. */
export function heldBackWith(snapshot: Snapshot, pod: Pod): number {
  const group = groupOf(pod);
  if (group === '') return 0;
  const others = snapshot
    .listIn('Pod', pod.metadata.namespace)
    .filter((one) => one.metadata.uid !== pod.metadata.uid && groupOf(one) === group);
  return others.filter((one) => !isFinished(one) && (one.spec.nodeName ?? '') === '').length;
}
