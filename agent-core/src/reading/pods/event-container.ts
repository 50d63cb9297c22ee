import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';

/** The container that a pod's event is about: `app` of `spec.containers{app}`; empty when it names none. */
function eventContainer(event: ClusterEvent): string {
  const path = event.object.fieldPath ?? '';
  const open = path.indexOf('{');
  return open >= 0 && path.endsWith('}') ? path.slice(open + 1, -1) : '';
}

/** About this container, or about no container by name (events of very old kubelets). */
export function concernsContainer(event: ClusterEvent, container: string): boolean {
  const named = eventContainer(event);
  return named === '' || named === container;
}
