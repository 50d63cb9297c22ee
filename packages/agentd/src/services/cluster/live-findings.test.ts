import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { service } from '@autodevops/domain/kubernetes/network';
import { pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { liveFindings } from './live-findings.ts';
import type { FindingEvent, LiveFindings } from './live-findings.ts';
import type { ScopeAsked } from './looking.ts';

const everything: ScopeAsked = { namespaces: [], objects: [], hygiene: false };
const shop: ScopeAsked = { ...everything, namespaces: ['shop'] };

function snapshot(isSick: boolean): Snapshot {
  const services = [
    service.read({
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: isSick ? 'wbe' : 'web' }, ports: [{ port: 80, targetPort: 80 }] },
    }),
  ];
  const pods = [
    pod.read({
      metadata: { name: 'web-1', namespace: 'shop', labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'web:1' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    }),
  ];
  return new Snapshot({
    capturedAt: '2026-01-01T00:00:00Z',
    objects: { Service: services, Pod: pods, EndpointSlice: [], Node: [], Namespace: [] },
  });
}

interface Scene {
  readonly live: LiveFindings;
  readonly change: (isSick: boolean) => void;
  /** The cluster cannot be read from now on. */
  readonly fail: (error: Error) => void;
  /** Snapshots are taken when they are let. */
  readonly hold: () => () => void;
  readonly looks: () => number;
  readonly mostAtOnce: () => number;
  readonly waiting: () => number;
}

function scene(): Scene {
  const wakes = new Set<() => void>();
  let [isSick, version, looks, atOnce, most] = [false, 0, 0, 0, 0];
  let failure: Error | undefined;
  let gate = Promise.resolve();
  const wake = (): void => {
    version += 1;
    for (const one of wakes) one();
  };
  const memory: ClusterReader = {
    source: 'dev',
    snapshot: async (_request, { signal }) => {
      looks += 1;
      most = Math.max(most, ++atOnce);
      try {
        await Promise.race([
          gate,
          new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve(), { once: true });
          }),
        ]);
        stopIfAborted(signal);
        if (failure !== undefined) throw failure;
        return snapshot(isSick);
      } finally {
        atOnce -= 1;
      }
    },
    logs: async () => [],
    close: async () => {},
  };
  const changed = async (beyond: number, signal: AbortSignal): Promise<void> => {
    if (version > beyond) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        wakes.delete(go);
        resolve();
      };
      wakes.add(go);
      signal.addEventListener('abort', go, { once: true });
      if (signal.aborted) go();
    });
  };
  const live = liveFindings({
    watching: { memory, begin: () => {}, version: () => version, changed },
    clock: { wait: async () => {} },
  });
  onTestFinished(() => live.close());
  return {
    live,
    change: (sick) => {
      isSick = sick;
      wake();
    },
    fail: (error) => {
      failure = error;
      wake();
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    looks: () => looks,
    mostAtOnce: () => most,
    waiting: () => wakes.size,
  };
}

type Stream = ReturnType<LiveFindings['follow']>;

async function next(stream: Stream): Promise<FindingEvent['diagnosis'] | undefined> {
  const { value } = await stream.next();
  return (value as { event: FindingEvent } | undefined)?.event.diagnosis;
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let count = 0; !holds(); count++) {
    if (count > 5000) throw new Error('it does not come');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('findings that are followed', () => {
  it('come at once, and again when the cluster shows something else', async () => {
    const { live, change } = scene();
    const stream = live.follow(everything, AbortSignal.timeout(20_000));
    expect((await next(stream))?.causes).toEqual([]);
    change(true);
    expect((await next(stream))?.causes.map(({ object }) => object.name)).toEqual(['web']);
    change(false);
    expect((await next(stream))?.causes).toEqual([]);
    await stream.return(undefined);
  });

  it('are diagnosed once for all who follow the same, and the newcomer has them at once', async () => {
    const { live, looks, waiting } = scene();
    const streams = [1, 2, 3].map(() => live.follow(everything, AbortSignal.timeout(20_000)));
    await Promise.all(streams.map(next));
    await eventually(() => waiting() === 1);
    const late = live.follow(everything, AbortSignal.timeout(20_000));
    await next(late);
    expect(looks()).toBe(1);
    for (const stream of [...streams, late]) await stream.return(undefined);
  });

  it('are never diagnosed twice at the same time, whatever is followed and however much changes', async () => {
    const { live, change, hold, looks, mostAtOnce } = scene();
    const let1 = hold();
    const streams = [everything, shop].map((scope) => live.follow(scope, AbortSignal.timeout(20_000)));
    const first = streams.map(next);
    await eventually(() => looks() === 1);
    for (const sick of [true, false, true]) change(sick);
    let1();
    await Promise.all(first);
    await eventually(() => looks() >= 4);
    expect(mostAtOnce()).toBe(1);
    expect(looks()).toBeLessThanOrEqual(4);
    for (const stream of streams) await stream.return(undefined);
  });

  it('are not told again to one who has them, nor when nothing but time went by', async () => {
    const { live, change, looks, waiting } = scene();
    const stream = live.follow(everything, AbortSignal.timeout(20_000));
    const { value } = await stream.next();
    const id = (value as { id: string }).id;
    const again = live.follow(everything, AbortSignal.timeout(20_000), id);
    const told = again.next();
    await eventually(() => waiting() === 1);
    change(false);
    await eventually(() => looks() === 2 && waiting() === 1);
    change(true);
    expect(((await told).value as { event: FindingEvent }).event.diagnosis.causes).toHaveLength(1);
    for (const one of [stream, again]) await one.return(undefined);
  });

  it('are no longer looked for when the last one has left', async () => {
    const { live, change, looks, waiting } = scene();
    const streams = [1, 2].map(() => live.follow(everything, AbortSignal.timeout(20_000)));
    await Promise.all(streams.map(next));
    await eventually(() => waiting() === 1);
    await streams[0]?.return(undefined);
    expect(waiting()).toBe(1);
    await streams[1]?.return(undefined);
    await eventually(() => waiting() === 0);
    change(true);
    expect(looks()).toBe(1);
  });

  it('end with the signal and with the agent', async () => {
    const { live } = scene();
    const controller = new AbortController();
    const streams = [
      live.follow(everything, controller.signal),
      live.follow(shop, AbortSignal.timeout(20_000)),
    ] as const;
    await Promise.all(streams.map(next));
    const ends = streams.map((stream) => stream.next());
    controller.abort();
    expect(await ends[0]).toEqual({ done: true, value: undefined });
    await live.close();
    expect(await ends[1]).toEqual({ done: true, value: undefined });
  });

  it('end with what went wrong, and begin anew for the next who asks', async () => {
    const { live, fail } = scene();
    const stream = live.follow(everything, AbortSignal.timeout(20_000));
    await next(stream);
    fail(new AutoDevOpsError('cluster.no-answer', 'It does not answer.', 'Wait.'));
    await expect(stream.next()).rejects.toMatchObject({ code: 'cluster.no-answer' });
    await expect(live.follow(everything, AbortSignal.timeout(20_000)).next()).rejects.toMatchObject({
      code: 'cluster.no-answer',
    });
  });

  it('are refused for what is no kind', async () => {
    const { live } = scene();
    await expect(
      live.follow({ ...everything, objects: [{ kind: 'Unicorn', name: 'x' }] }, AbortSignal.timeout(20_000)).next(),
    ).rejects.toMatchObject({ code: 'usage' });
  });
});
