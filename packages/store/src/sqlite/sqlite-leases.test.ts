import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { longestLease } from '@autodevops/domain/ports/store';
import type { Leases } from '@autodevops/domain/ports/store';
import { openSqliteStore } from './sqlite-store.ts';

const hour = 3_600_000;

async function leasesAt(now: () => number): Promise<Leases> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-leases-'));
  const store = await openSqliteStore({ file: join(folder, 'store.db'), now });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store.leases;
}

it('a lease of a process that died holds nobody up when the clock is set back', async () => {
  let now = Date.parse('2026-01-01T12:00:00Z');
  const leases = await leasesAt(() => now);
  const dead = await leases.acquire('change/1', 'dead', 4000);
  now -= 3 * hour;
  const next = await leases.acquire('change/1', 'next', 4000);
  expect(next?.fence).toBe((dead?.fence ?? 0) + 1);
  expect(dead === undefined ? undefined : await leases.renew(dead, 4000)).toBeUndefined();
  expect(await leases.acquire('change/1', 'third', 4000)).toBeUndefined();
});

it('a lease that is renewed after the clock was set back stays with who has it', async () => {
  let now = Date.parse('2026-01-01T12:00:00Z');
  const leases = await leasesAt(() => now);
  const held = await leases.acquire('change/1', 'alive', 4000);
  now -= 3 * hour;
  expect((held === undefined ? undefined : await leases.renew(held, 4000))?.fence).toBe(held?.fence);
  expect(await leases.acquire('change/1', 'other', 4000)).toBeUndefined();
});

it('a lease that ends early because the clock is set forwards has one holder again, with a higher fence, and the old one is heard no more', async () => {
  let now = Date.parse('2026-01-01T12:00:00Z');
  const leases = await leasesAt(() => now);
  const first = await leases.acquire('change/1', 'first', 4000);
  now += 3 * hour;
  const second = await leases.acquire('change/1', 'second', 4000);
  expect(second?.fence).toBe((first?.fence ?? 0) + 1);
  for (const back of [0, -3 * hour]) {
    now += back;
    expect(first === undefined ? undefined : await leases.renew(first, 4000)).toBeUndefined();
  }
});

it('no lease is given for longer than any lease lasts', async () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  const leases = await leasesAt(() => now);
  expect(Date.parse((await leases.acquire('change/1', 'me', 3 * hour))?.expiresAt ?? '')).toBe(now + longestLease);
});
