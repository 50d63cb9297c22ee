import type { Metadata } from '@autodevops/domain/kubernetes/metadata';

/** When somebody last wrote an object other than its status; its creation where that is not recorded; '' when neither is. */
export function lastChange(object: { readonly metadata: Metadata }): string {
  const times = object.metadata.managers.filter((m) => m.subresource === '' && m.time !== '').map((m) => m.time);
  return times.toSorted().at(-1) ?? object.metadata.creationTimestamp ?? '';
}
