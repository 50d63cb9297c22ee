import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Series } from '@autodevops/domain/signal';

export interface Limit {
  readonly amount: number;
  /** As it is written: `512Mi`. */
  readonly text: string;
  /** Empty when it is the pod's containers together. */
  readonly container: string;
}

function limitOf(container: Container, resource: string): number | undefined {
  return parseQuantity(container.resources.limits[resource]);
}

function ofContainers(containers: readonly Container[], wanted: string, resource: 'cpu' | 'memory'): Limit | undefined {
  const named = containers.find((c) => c.name === wanted);
  const single = named ?? (containers.length === 1 ? containers[0] : undefined);
  if (single !== undefined) {
    const amount = limitOf(single, resource);
    return amount === undefined || amount <= 0
      ? undefined
      : { amount, text: single.resources.limits[resource] ?? '', container: single.name };
  }
  if (wanted !== '' && wanted !== 'POD') return undefined;
  const all = containers.map((c) => limitOf(c, resource));
  const known = all.filter((a): a is number => a !== undefined && a > 0);
  if (known.length === 0 || known.length < all.length) return undefined;
  return {
    amount: known.reduce((a, b) => a + b, 0),
    text: containers.map((c) => c.resources.limits[resource]).join(' + '),
    container: '',
  };
}

/** Per container or pod, never for sums over a whole workload: those have no one limit. */
export function limitFor(
  snapshot: Snapshot,
  series: Series,
  object: ObjectRef,
  resource: 'cpu' | 'memory',
): Limit | undefined {
  const pod: Pod | undefined = object.kind === 'Pod' ? snapshot.get('Pod', object.namespace, object.name) : undefined;
  return pod === undefined
    ? undefined
    : ofContainers(pod.spec.containers, series.labels['container'] ?? series.labels['container_name'] ?? '', resource);
}
