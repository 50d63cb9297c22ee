import type { Lease } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';

const tolerated = 60_000;

/** What a namespace's leases say "now" is. `sure`: several agree, so that one which is behind is behind the others. */
interface LeaseClock {
  readonly now: number;
  readonly sure: boolean;
}

function newestOf(leases: readonly Lease[], now: number): number {
  let newest = 0;
  for (const lease of leases) {
    const renewed = Date.parse(lease.spec.renewTime ?? '');
    if (renewed > newest && renewed <= now + tolerated) newest = renewed;
  }
  return newest;
}

const clocks = perSnapshot((snapshot) => {
  const byNamespace = Map.groupBy(snapshot.list('Lease'), (lease) => lease.metadata.namespace);
  const overall = newestOf(snapshot.list('Lease'), snapshot.now) || snapshot.now;
  return {
    overall,
    of: new Map(
      [...byNamespace].map(([namespace, leases]) => [
        namespace,
        { newest: newestOf(leases, snapshot.now), count: leases.length },
      ]),
    ),
  };
});

/**
 * "Now" by the leases of one namespace: they were read in one list, while a bundle's clock may be off by hours and its
 * namespaces may have been read minutes apart. A lease that is alone is compared with those of other namespaces.
 */
function leaseClock(snapshot: Snapshot, namespace: string): LeaseClock {
  const { overall, of } = clocks(snapshot);
  const own = of.get(namespace);
  return own !== undefined && own.count > 1 && own.newest > 0
    ? { now: own.newest, sure: true }
    : { now: overall, sure: false };
}

/** How long a lease has not been renewed, in milliseconds; undefined when that cannot be told or is within patience. */
export function leaseSilence(snapshot: Snapshot, lease: Lease | undefined): number | undefined {
  const renewed = Date.parse(lease?.spec.renewTime ?? '');
  if (lease === undefined || Number.isNaN(renewed)) return undefined;
  const clock = leaseClock(snapshot, lease.metadata.namespace);
  const silence = clock.now - renewed;
  return silence >= (clock.sure ? tolerated : 5 * tolerated) ? silence : undefined;
}
