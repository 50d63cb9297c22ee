import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** Nodes that are containers of Kind, by name. All of them share one Docker engine and its disk. */
export function kindNodes(snapshot: Snapshot): readonly Node[] {
  const nodes = snapshot.list('Node').filter((node) => (node.spec.providerID ?? '').startsWith('kind://'));
  return nodes.toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}
