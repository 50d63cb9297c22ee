import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { expect, onTestFinished, vi } from 'vitest';
import { createKubeClient } from '../../http/client.ts';
import { plainAccess } from '../../kubeconfig/plain-access.ts';
import { failureOf } from '../../testing/failure-of.ts';
import { createWatchCache } from '../watch-cache.ts';
import type { WatchCache, WatchOptions } from '../watch-cache.ts';
import type { WatchTiming } from '../watch-timing.ts';
import type { FakeApi } from './fake-api.ts';

/** Everything that takes seconds takes milliseconds. */
export const hurried: Partial<WatchTiming> = {
  backOff: [5, 40],
  retryAbsent: 60,
  poll: 40,
  pollRare: 40,
  pulse: 40,
  debounce: 5,
  quietDebounce: 200,
  header: 500,
  idle: 500,
};

/** A cache of the fake's pods that ends with the test. */
export function watching(api: FakeApi, options: Partial<WatchOptions> = {}): WatchCache {
  const client = createKubeClient(plainAccess('fake', api.url));
  const cache = createWatchCache({ client, kinds: ['Pod'], ...options, timing: { ...hurried, ...options.timing } });
  onTestFinished(async () => {
    await cache.close();
    client.close();
  });
  return cache;
}

/** Names and versions that the cache holds; fails on an object that is there twice. */
export function heldBy(cache: WatchCache, kind: KindName = 'Pod'): ReadonlyMap<string, string> {
  const objects = cache.snapshot().list(kind);
  const held = new Map(objects.map(({ metadata }) => [metadata.name, metadata.resourceVersion]));
  expect(held.size).toBe(objects.length);
  return held;
}

/** Waits as long as a busy machine may need. */
export async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 15_000, interval: 3 });
}

/** Waits until the cache holds what the server has. */
export async function inStep(cache: WatchCache, api: FakeApi, collection = '/api/v1/pods'): Promise<void> {
  await eventually(() => expect(heldBy(cache)).toEqual(api.state(collection)));
}

export async function watchesOpen(api: FakeApi, count = 1): Promise<void> {
  await eventually(() => expect(api.openWatches).toBe(count));
}

/** What `ready` ends with once the cache says that of what it could not read. */
export async function notReady(cache: WatchCache, says: string): Promise<AutoDevOpsError> {
  await eventually(() =>
    expect(
      cache
        .snapshot()
        .blindSpots.map(({ why }) => why)
        .join(),
    ).toContain(says),
  );
  return failureOf(cache.ready(AbortSignal.abort()));
}
