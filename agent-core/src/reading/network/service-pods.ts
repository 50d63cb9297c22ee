import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { matchesLabels } from '../selector.ts';

/** Label → value → pods: maps in maps, as joining both for every label of ten thousand pods takes longer. */
type ByLabel = ReadonlyMap<string, ReadonlyMap<string, readonly Pod[]>>;

function byLabel(pods: readonly Pod[]): ByLabel {
  const index = new Map<string, Map<string, Pod[]>>();
  for (const pod of pods) {
    const { labels } = pod.metadata;
    for (const key of Object.keys(labels)) {
      let values = index.get(key);
      if (values === undefined) index.set(key, (values = new Map()));
      pushTo(values, labels[key] ?? '', pod);
    }
  }
  return index;
}

const labelled = perSnapshot(() => new Map<string, ByLabel>());

function labelledIn(snapshot: Snapshot, namespace: string): ByLabel {
  const indexes = labelled(snapshot);
  let index = indexes.get(namespace);
  if (index === undefined) indexes.set(namespace, (index = byLabel(snapshot.listIn('Pod', namespace))));
  return index;
}

/** Pods in a namespace that have all these labels; none for no labels. Looks only at pods with the rarest of them. */
export function podsWithLabels(
  snapshot: Snapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): readonly Pod[] {
  const index = labelledIn(snapshot, namespace);
  let fewest: readonly Pod[] | undefined;
  for (const [key, value] of Object.entries(labels)) {
    const pods = index.get(key)?.get(value) ?? [];
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
