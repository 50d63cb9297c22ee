import type { Because } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { customOfKind, refToCustom } from './custom-objects.ts';

/** What keeps the data of a driver's volumes, where that runs in the cluster too: what is wrong there is wrong with every volume. */
export function storageBackends(snapshot: Snapshot, driver: string): readonly Because[] {
  if (!driver.endsWith('.csi.ceph.com')) return [];
  return customOfKind(snapshot, 'ceph.rook.io', 'CephCluster').map((cluster) => ({
    object: refToCustom(cluster),
    codes: ['ceph.cluster.health-error'],
  }));
}
