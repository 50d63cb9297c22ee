import { longestLease } from '@autodevops/domain/ports/store';
import type { Lease, Leases } from '@autodevops/domain/ports/store';
import type { Session } from './state.ts';

export function leasesIn({ state, write, now }: Session): Leases {
  const live = (lease: Lease | undefined): boolean =>
    lease !== undefined && Date.parse(lease.expiresAt) > now() && Date.parse(lease.expiresAt) <= now() + longestLease;
  const keep = (lease: Omit<Lease, 'expiresAt'>, milliseconds: number): Lease => {
    const kept = {
      name: lease.name,
      holder: lease.holder,
      fence: lease.fence,
      expiresAt: new Date(now() + Math.min(milliseconds, longestLease)).toISOString(),
    };
    state.leases.set(lease.name, kept);
    return kept;
  };
  const held = ({ name, holder, fence }: Lease): boolean => {
    const known = state.leases.get(name);
    return live(known) && known?.holder === holder && known.fence === fence;
  };
  return {
    acquire: (name, holder, milliseconds) =>
      write('leases', () => {
        const known = state.leases.get(name);
        if (known === undefined || !live(known)) {
          return keep({ name, holder, fence: (known?.fence ?? 0) + 1 }, milliseconds);
        }
        return known.holder === holder ? keep(known, milliseconds) : undefined;
      }),
    renew: (lease, milliseconds) => write('leases', () => (held(lease) ? keep(lease, milliseconds) : undefined)),
    release: (lease) =>
      write('leases', () => {
        if (held(lease)) state.leases.set(lease.name, { ...lease, expiresAt: new Date(0).toISOString() });
      }),
  };
}
