import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { SnapshotRequest } from '@autodevops/domain/ports/cluster';

/**
 * What has to be seen for a diagnosis: any analyzer, the graph or the timeline may need any kind. It loads none of them,
 * so that a cluster can be asked before they are there. Without namespaces: the whole cluster.
 */
export function snapshotRequest(namespaces?: readonly string[]): SnapshotRequest {
  return { kinds: kindNames, custom: true, ...(namespaces === undefined ? {} : { namespaces }) };
}
