import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerOf } from '../reading/workloads/owner.ts';

/**
 * A pod of a StatefulSet whose template names other images by now: what is wrong with the old one was corrected, and
 * that the set still waits for this pod is the cause.
 */
export function correctedSince(snapshot: Snapshot, pod: Pod): readonly Because[] {
  const owner = controllerOf(pod);
  const set = owner?.kind === 'StatefulSet' ? snapshot.get('StatefulSet', owner.namespace, owner.name) : undefined;
  if (owner === undefined || set === undefined) return [];
  const images = new Map(set.spec.template.spec.containers.map((container) => [container.name, container.image]));
  const changed = pod.spec.containers.some(({ name, image }) => images.has(name) && images.get(name) !== image);
  return changed ? [{ object: owner, codes: ['statefulset.broken-revision'], facet: pod.metadata.name }] : [];
}
