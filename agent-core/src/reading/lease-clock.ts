import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from './per-snapshot.ts';

const tolerated = 60_000;

function newestRenewal(snapshot: Snapshot): number {
  let newest = 0;
  for (const lease of snapshot.list('Lease')) {
    const renewed = Date.parse(lease.spec.renewTime ?? '');
    if (renewed > newest && renewed <= snapshot.now + tolerated) newest = renewed;
  }
  return newest === 0 ? snapshot.now : newest;
}

/**
 * "Now" by the cluster's own leases, in milliseconds: the newest renewal that is not ahead of the snapshot's clock by
 * more than a minute. A bundle's clock may be off by hours, and its leases were all read in the same seconds.
 */
export const leaseNow = perSnapshot(newestRenewal);
