import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

/** What answers requests: workloads before the Services in front of them. */
export const servingKinds: readonly KindName[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Service'];

/** Workloads, Services and pods by their names alone, over all namespaces. */
const byBareName = perSnapshot((snapshot) => {
  const index = new Map<string, ObjectRef[]>();
  for (const kind of [...servingKinds, 'Pod'] as const) {
    for (const object of snapshot.list(kind)) pushTo(index, object.metadata.name, refTo(kind, object));
  }
  return index;
});

/** The object of that name in the only namespace that has one; a Service is left to the workload of its name. */
export function onlyOne(snapshot: Snapshot, name: string, kinds: readonly KindName[]): ObjectRef | undefined {
  const found = (byBareName(snapshot).get(name) ?? []).filter((ref) => kinds.some((kind) => kind === ref.kind));
  return new Set(found.map((ref) => ref.namespace)).size === 1 ? found[0] : undefined;
}

/** The workload, or Service, that is called so in that namespace; with '' in the only one that has it. */
export function servingObject(
  snapshot: Snapshot,
  namespace: string,
  name: string,
  kinds: readonly KindName[] = servingKinds,
): ObjectRef | undefined {
  if (namespace === '') return onlyOne(snapshot, name, kinds);
  for (const kind of kinds) {
    const found = snapshot.get(kind, namespace, name);
    if (found !== undefined) return refTo(kind, found);
  }
  return undefined;
}
