import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

export const components = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
export type Component = (typeof components)[number];

function componentOf(pod: Pod): Component | undefined {
  const label = pod.metadata.labels['component'] ?? '';
  const isStatic =
    pod.metadata.ownerReferences.some((o) => o.kind === 'Node') || pod.metadata.labels['tier'] === 'control-plane';
  return components.find((c) => label === c || (isStatic && pod.metadata.name.startsWith(`${c}-`)));
}

const index = perSnapshot((snapshot) => Map.groupBy(snapshot.listIn('Pod', 'kube-system'), (pod) => componentOf(pod)));

/** The cluster's own control plane as pods, where it runs as such: none on managed clusters. */
export function controlPlanePods(snapshot: Snapshot, component: Component): readonly Pod[] {
  return index(snapshot).get(component) ?? [];
}
