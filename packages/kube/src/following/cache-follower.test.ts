import { describe, expect, it, vi } from 'vitest';
import type { ClusterFollower, ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { ChangedKind } from '../watch/watched.ts';
import { followCache } from './cache-follower.ts';

const { signal } = new AbortController();
const request = { kinds: [], custom: true };
const log: LogRequest = {
  namespace: 'shop',
  pod: 'web',
  container: 'app',
  previous: false,
  tailLines: 1,
  limitBytes: 1,
};

interface Scene {
  readonly follower: ClusterFollower;
  readonly change: (...kinds: readonly ChangedKind[]) => void;
  readonly closed: string[];
  readonly asked: unknown[];
  readonly listeners: ReadonlySet<(kinds: ReadonlySet<ChangedKind>) => void>;
}

function scene(ready: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve(), lag = 7): Scene {
  const listeners = new Set<(kinds: ReadonlySet<ChangedKind>) => void>();
  const closed: string[] = [];
  const asked: unknown[] = [];
  const reader: ClusterReader = {
    source: 'dev',
    snapshot: () => Promise.reject(new Error('the cache knows')),
    logs: async (requests) => {
      asked.push(...requests);
      return [];
    },
    close: async () => void closed.push('reader'),
  };
  const follower = followCache(
    {
      ready,
      snapshot: (within) => {
        asked.push(within);
        return new Snapshot({ capturedAt: '2026-01-01T00:00:00Z', coverage: { Pod: 'none' } });
      },
      lag: () => lag,
      onChange: (listener) => {
        const called = (kinds: ReadonlySet<ChangedKind>): void => void listener(kinds);
        listeners.add(called);
        return () => void listeners.delete(called);
      },
      close: async () => void closed.push('cache'),
    },
    reader,
  );
  return {
    follower,
    change: (...kinds) => listeners.forEach((listener) => listener(new Set(kinds))),
    closed,
    asked,
    listeners,
  };
}

describe('a change', () => {
  it('is told to everybody who waits', async () => {
    const { follower, change } = scene();
    const waiting = [follower.changed(0, signal), follower.changed(0, signal)];
    change();
    await expect(Promise.all(waiting)).resolves.toHaveLength(2);
    expect(follower.version()).toBe(1);
  });

  it('is known by its kinds to whoever says what they have seen', () => {
    const { follower, change } = scene();
    change('Pod', 'ConfigMap');
    const seen = follower.version();
    change('Pod');
    expect([...follower.changedSince(0)].toSorted()).toEqual(['ConfigMap', 'Pod']);
    expect([...follower.changedSince(seen)]).toEqual(['Pod']);
    expect([...follower.changedSince(follower.version())]).toEqual([]);
  });

  it('is not missed by one who was busy when it came', async () => {
    const { follower, change } = scene();
    const seen = follower.version();
    change();
    await follower.changed(seen, signal);
    const controller = new AbortController();
    let late = false;
    const next = follower.changed(follower.version(), controller.signal).then(() => {
      late = true;
    });
    await Promise.resolve();
    expect(late).toBe(false);
    controller.abort();
    await next;
  });

  it('is not waited for any longer than it is wanted, than news is to be expected, or than there is a follower', async () => {
    vi.useFakeTimers();
    try {
      const { follower, listeners } = scene();
      await expect(follower.changed(0, AbortSignal.abort())).resolves.toBeUndefined();
      const quiet = follower.changed(0, signal);
      await vi.advanceTimersByTimeAsync(15_000);
      await quiet;
      const waiting = follower.changed(0, signal);
      await follower.reader.close();
      await waiting;
      await follower.changed(0, signal);
      expect(listeners.size).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what is followed', () => {
  it('answers from the cache, in some namespaces too; reads logs beside it, and closes both', async () => {
    const { follower, closed, asked } = scene();
    await follower.reader.snapshot(request, { signal });
    await follower.reader.snapshot({ ...request, namespaces: ['shop'] }, { signal });
    await follower.reader.logs([log], { signal });
    expect(asked).toEqual([undefined, ['shop'], log]);
    await follower.reader.close();
    expect(closed).toEqual(['cache', 'reader']);
  });

  it('is not in step before its first lists, and as far behind as its cache after them', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { follower } = scene(() => promise);
    expect(follower.staleness()).toBe(Number.POSITIVE_INFINITY);
    resolve();
    await follower.reader.snapshot(request, { signal });
    expect(follower.staleness()).toBe(7);
  });

  it('says what stands in the way of its first lists', async () => {
    const away = new AutoDevOpsError('cluster.no-answer', 'It does not answer.', 'Wait.');
    const { follower } = scene((until) => (until === undefined ? new Promise(() => {}) : Promise.reject(away)));
    await expect(follower.reader.snapshot(request, { signal })).rejects.toBe(away);
    await expect(follower.reader.snapshot(request, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(follower.staleness()).toBe(Number.POSITIVE_INFINITY);
    await follower.reader.close();
  });
});
