import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Lease, Leases } from '@autodevops/domain/ports/store';
import { oddTexts } from './store-conformance-samples.ts';

function given(lease: Lease | undefined): Lease {
  if (lease === undefined) throw new Error('The lease was not given.');
  return lease;
}

interface WithLeases {
  readonly leases: Leases;
}

/** Gives a test an empty store of any kind that keeps leases. */
type WithLeasesOf = (
  use: (opened: { readonly store: WithLeases; readonly again: () => Promise<WithLeases> }) => Promise<void>,
) => () => Promise<void>;

/** Until a lease of one millisecond has run out, by the clock of whoever keeps it. */
const aMoment = (): Promise<void> => sleep(60);

export function leasesConformance(withStore: WithLeasesOf): void {
  describe('its leases', () => {
    it(
      'belong to one holder at a time',
      withStore(async ({ store, again }) => {
        const other = await again();
        const lease = given(await store.leases.acquire('l', 'me', 60_000));
        expect(lease).toMatchObject({ name: 'l', holder: 'me' });
        expect(await other.leases.acquire('l', 'you', 60_000)).toBeUndefined();
        expect(given(await other.leases.acquire('m', 'you', 60_000)).holder).toBe('you');
      }),
    );

    it(
      'keep their fence while the same holder takes or renews them',
      withStore(async ({ store }) => {
        const first = given(await store.leases.acquire('l', 'me', 60_000));
        expect(given(await store.leases.acquire('l', 'me', 60_000)).fence).toBe(first.fence);
        expect(given(await store.leases.renew(first, 120_000))).toMatchObject({ holder: 'me', fence: first.fence });
      }),
    );

    it(
      'last until their time by renewal, not less',
      withStore(async ({ store }) => {
        const lease = given(await store.leases.renew(given(await store.leases.acquire('l', 'me', 1000)), 600_000));
        expect(Date.parse(lease.expiresAt)).toBeGreaterThan(Date.now() + 300_000);
      }),
    );

    it(
      'get a higher fence with every new holder',
      withStore(async ({ store }) => {
        const mine = given(await store.leases.acquire('l', 'me', 60_000));
        await store.leases.release(mine);
        const yours = given(await store.leases.acquire('l', 'you', 60_000));
        expect(yours.fence).toBeGreaterThan(mine.fence);
        await store.leases.release(yours);
        expect(given(await store.leases.acquire('l', 'me', 60_000)).fence).toBeGreaterThan(yours.fence);
      }),
    );

    it(
      "are anybody's when they ran out, and lost for who held them",
      withStore(async ({ store }) => {
        const mine = given(await store.leases.acquire('l', 'me', 1));
        await aMoment();
        expect(await store.leases.renew(mine, 60_000)).toBeUndefined();
        const yours = given(await store.leases.acquire('l', 'you', 60_000));
        expect(yours.fence).toBeGreaterThan(mine.fence);
        expect(await store.leases.renew(mine, 60_000)).toBeUndefined();
        await store.leases.release(mine);
        expect(await store.leases.acquire('l', 'third', 60_000)).toBeUndefined();
      }),
    );

    it(
      'do not give an old fence to who comes back late, even to the same holder',
      withStore(async ({ store }) => {
        const first = given(await store.leases.acquire('l', 'me', 1));
        await aMoment();
        expect(given(await store.leases.acquire('l', 'me', 60_000)).fence).toBeGreaterThan(first.fence);
      }),
    );

    it(
      'go to one of many who ask at once',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        const asked = await Promise.all(
          Array.from({ length: 12 }, (_, n) => handles[n % handles.length]?.leases.acquire('l', `holder-${n}`, 60_000)),
        );
        expect(asked.filter((lease) => lease !== undefined)).toHaveLength(1);
      }),
    );

    it(
      'may be named by any text',
      withStore(async ({ store }) => {
        for (const text of oddTexts) {
          expect(given(await store.leases.acquire(text, text, 60_000))).toMatchObject({ name: text, holder: text });
        }
        for (const text of oddTexts) expect(await store.leases.acquire(text, `${text}!`, 60_000)).toBeUndefined();
      }),
    );
  });
}
