import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from './per-snapshot.ts';
import { matchesLabels } from './selector.ts';

/** Pods by namespace and one of their labels. */
const podsByLabel = perSnapshot((snapshot) => {
  const index = new Map<string, Pod[]>();
  for (const pod of snapshot.list('Pod')) {
    for (const [key, value] of Object.entries(pod.metadata.labels)) {
      const at = `${pod.metadata.namespace}\n${key}\n${value}`;
      pushTo(index, at, pod);
    }
  }
  return index;
});

/** Pods in a namespace that have all these labels; none for no labels. Looks only at pods with the rarest of them. */
export function podsWithLabels(snapshot: Snapshot, namespace: string, labels: Readonly<Record<string, string>>): readonly Pod[] {
  const index = podsByLabel(snapshot);
  let fewest: readonly Pod[] | undefined;
  for (const [key, value] of Object.entries(labels)) {
    const pods = index.get(`${namespace}\n${key}\n${value}`) ?? [];
    if (fewest === undefined || pods.length < fewest.length) fewest = pods;
  }
  return (fewest ?? []).filter((pod) => matchesLabels(labels, pod.metadata.labels));
}

/** Every pod that a Service's selector selects, ready or not, finished or not. */
export function podsBehind(snapshot: Snapshot, service: Service): readonly Pod[] {
  return podsWithLabels(snapshot, service.metadata.namespace, service.spec.selector);
}

/** The Services of a pod's namespace whose selector selects it. */
export function servicesBefore(snapshot: Snapshot, pod: Pod): readonly Service[] {
  const { namespace, labels } = pod.metadata;
  return snapshot.listIn('Service', namespace).filter((service) => matchesLabels(service.spec.selector, labels));
}
