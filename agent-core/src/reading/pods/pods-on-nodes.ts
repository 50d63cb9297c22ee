import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

const index = perSnapshot((snapshot) => Map.groupBy(snapshot.list('Pod'), (pod) => pod.spec.nodeName ?? ''));

/** The pods bound to a node, finished ones too. */
export function podsOnNode(snapshot: Snapshot, node: string): readonly Pod[] {
  return node === '' ? [] : (index(snapshot).get(node) ?? []);
}
