import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createKubeClient } from '../http/client.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { fakeApi } from './testing/fake-api.ts';
import { eventually, heldBy, hurried, inStep, notReady, watchesOpen, watching } from './testing/watching.ts';
import { createWatchCache } from './watch-cache.ts';

const pods = '/api/v1/pods';

describe('a cache whose API server fails', () => {
  it('says what stands in the way when it is not ready in time, and goes on', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    await api.stop();
    const cache = watching(api);
    const failure = await notReady(cache, 'refuses');
    expect(failure.code).toBe('cluster.refused');
    const { blindSpots, parts } = cache.snapshot();
    expect(blindSpots).toEqual([{ what: 'Pods', why: failure.message, remedy: failure.remedy }]);
    expect([parts.failed, parts.coverage?.Pod]).toEqual([['Pod'], 'none']);
    expect(cache.staleness().get('Pod')).toBe(Number.POSITIVE_INFINITY);
    await api.start();
    await cache.ready();
    await inStep(cache, api);
  });

  it('does not wait for ever for a list that hangs', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    let hung = false;
    api.trouble = ({ watch }) => {
      if (hung || watch) return undefined;
      hung = true;
      return { hang: true };
    };
    const cache = watching(api, { timing: { header: 100 } });
    await cache.ready();
    expect(heldBy(cache)).toEqual(api.state(pods));
  });

  it('reads a list again that broke off, and never shows half of it', async () => {
    const api = await fakeApi();
    for (let index = 0; index < 50; index++) api.put(pods, `pod-${index}`);
    let cuts = 3;
    api.trouble = ({ watch }) => (watch || cuts-- <= 0 ? undefined : { cutAfter: 2000 });
    const cache = watching(api);
    await cache.ready();
    expect(heldBy(cache).size).toBe(50);
    expect(cache.statistics()).toMatchObject({ lists: 1, relists: 0 });
  });

  it.each([
    [
      'JSON that is damaged',
      '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"},}]}',
      'sends JSON that is damaged',
    ],
    [
      'a list that ends early, cleanly',
      '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}',
      'ends in the middle of a list',
    ],
    ['a login page', '<!doctype html><title>Log in</title>', 'JSON that is damaged'],
    ['a list of texts', '{"metadata":{"resourceVersion":"1"},"items":["a"]}', 'something else than objects'],
    ['a list without a version', '{"metadata":{},"items":[]}', 'without its version'],
    ['no list', '{"kind":"Pod"}', 'not with a list'],
    ['objects without metadata', '{"metadata":{"resourceVersion":"1"},"items":[{}]}', 'an object that is none'],
  ])('does not take %s for a list', async (_what, body, says) => {
    const api = await fakeApi();
    api.trouble = () => ({ status: 200, body });
    const cache = watching(api);
    const failure = await notReady(cache, says);
    expect(failure.code).toBe('cluster.bad-answer');
    expect(cache.snapshot().saw('Pod')).toBe(false);
  });

  it('shows the cluster as of the last word from it, and says how old that is', async () => {
    const api = await fakeApi();
    for (const path of [pods, '/api/v1/nodes']) api.put(path, 'a');
    let skipped = 0;
    const cache = watching(api, { kinds: ['Pod', 'Node'], now: () => Date.now() + skipped });
    await watchesOpen(api, 2);
    expect(cache.snapshot().blindSpots).toEqual([]);
    const told: string[][] = [];
    cache.onChange((kinds) => void told.push([...kinds]));
    await api.stop();
    await pause(50);
    const lastWord = cache.snapshot().parts.capturedAt;
    skipped = 75_000;
    await eventually(() => expect(told.flat()).toContain('Node'));
    // The server cuts what is open first; whoever tries again is refused.
    await eventually(() => expect(cache.snapshot().blindSpots[0]?.why).toContain('refuses the connection'));
    const snapshot = cache.snapshot();
    expect(snapshot.parts.capturedAt).toBe(lastWord);
    expect(snapshot.blindSpots).toEqual([
      expect.objectContaining({
        what: expect.stringMatching(/^The whole cluster as of \d+ s ago, since when the API server has not answered$/),
        why: expect.stringContaining('refuses the connection'),
      }),
    ]);
    expect(snapshot.parts.failed).toEqual(['Pod', 'Node']);
    expect(snapshot.list('Pod')).toHaveLength(1);
    expect(cache.staleness().get('Pod')).toBeGreaterThan(74_000);
    await api.start();
    await eventually(() => expect(cache.snapshot().blindSpots).toEqual([]));
  });

  it('takes a refusal for a sign of life, not for news', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    let skipped = 0;
    const cache = watching(api, { now: () => Date.now() + skipped });
    await watchesOpen(api);
    expect(cache.lag()).toBeLessThan(30_000);
    api.trouble = ({ path }) => (path === pods ? { status: 401 } : undefined);
    api.endWatches();
    await eventually(() => expect(api.requests.length).toBeGreaterThan(8));
    skipped = 75_000;
    await eventually(() => expect(api.requests.length).toBeGreaterThan(12));
    expect(cache.snapshot().blindSpots).toEqual([
      expect.objectContaining({ what: expect.stringMatching(/^Pods as of \d+ s ago$/) }),
    ]);
    expect(cache.lag()).toBeGreaterThan(70_000);
    api.trouble = () => undefined;
    await eventually(() => expect(cache.lag()).toBeLessThan(30_000));
  });

  it('names the one kind that is old', async () => {
    const api = await fakeApi();
    for (const path of [pods, '/api/v1/nodes']) api.put(path, 'a');
    let skipped = 0;
    const cache = watching(api, { kinds: ['Pod', 'Node'], now: () => Date.now() + skipped });
    await watchesOpen(api, 2);
    api.trouble = ({ path }) => (path === '/api/v1/nodes' ? { hang: true } : undefined);
    api.cut();
    await pause(100);
    skipped = 90_000;
    await eventually(() =>
      expect(cache.snapshot().blindSpots.map(({ what }) => what)).toEqual([
        expect.stringMatching(/^Nodes as of \d+ s ago$/),
      ]),
    );
    expect(cache.snapshot().parts.failed).toEqual(['Node']);
  });

  it('begins its watches anew when the API server hangs with open connections', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    const cache = watching(api, { timing: { header: 60 } });
    await watchesOpen(api);
    api.trouble = ({ path }) => (path === '/version' ? { hang: true } : undefined);
    await eventually(() => expect(api.asked(true).length).toBeGreaterThan(1));
    expect(cache.statistics().lists).toBe(1);
  });

  it('keeps what it knows when an API server that starts refuses it for a moment', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    const cache = watching(api);
    await watchesOpen(api);
    api.trouble = () => ({ status: 403 });
    api.cut();
    await pause(150);
    expect(heldBy(cache).size).toBe(1);
    api.trouble = () => undefined;
    api.put(pods, 'b');
    await inStep(cache, api);
  });

  it('ends a watch that adds objects without end, says so, and has what the list says', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    const cache = watching(api, { mostObjects: 20, timing: { stale: 20, header: 15_000 } });
    await watchesOpen(api);
    api.trouble = ({ path, watch }) => (path === pods && !watch ? { hang: true } : undefined);
    const invented = (index: number): string =>
      `{"type":"ADDED","object":{"metadata":{"name":"no-${index}","namespace":"shop","uid":"no-${index}","resourceVersion":"9"}}}\n`;
    api.say(Array.from({ length: 200 }, (_, index) => invented(index)).join(''));
    await eventually(() =>
      expect(cache.snapshot().blindSpots.map(({ why }) => why)).toEqual([
        expect.stringMatching(/^The API server of context "fake" \S+ adds Pods without end \(more than 20\)\.$/),
      ]),
    );
    expect(heldBy(cache).size).toBeLessThanOrEqual(21);
    api.trouble = () => undefined;
    api.cut();
    await inStep(cache, api);
    expect(cache.statistics()).toMatchObject({ lists: 2, relists: 1 });
  });

  it('gives up a watch that brings more than can be held, says so, and has what the list says', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    const cache = watching(api, { mostHeld: 100_000, timing: { header: 15_000 } });
    await watchesOpen(api);
    api.trouble = ({ path }) => (path === pods ? { hang: true } : undefined);
    const swollen = (index: number): string =>
      `{"type":"ADDED","object":{"metadata":{"name":"no-${index}","namespace":"shop","uid":"no-${index}","resourceVersion":"9","labels":{"a":"${String(index).repeat(9_000)}"}}}}\n`;
    api.say(Array.from({ length: 30 }, (_, index) => swollen(index)).join(''));
    await eventually(() =>
      expect(cache.snapshot().blindSpots.map(({ why }) => why)).toEqual([
        expect.stringMatching(
          /more than can be held here \(0 MiB\): the watch of \/api\/v1\/pods was given up, so what/,
        ),
      ]),
    );
    expect([cache.snapshot().saw('Pod'), heldBy(cache).size]).toEqual([false, 0]);
    api.trouble = () => undefined;
    api.cut();
    await inStep(cache, api);
    expect(cache.snapshot().blindSpots).toEqual([]);
  });

  it('lists a cluster that is more than can be held again and again, without ever showing half of it', async () => {
    const api = await fakeApi();
    for (let index = 0; index < 30; index++) api.put(pods, `p-${index}`, { a: String(index).repeat(9_000) });
    const cache = watching(api, { mostHeld: 100_000 });
    const failure = await notReady(cache, 'sends more than can be held here');
    expect([failure.code, cache.snapshot().saw('Pod')]).toEqual(['cluster.too-large', false]);
    for (let index = 2; index < 30; index++) api.remove(pods, `p-${index}`);
    await cache.ready();
    await inStep(cache, api);
  });

  it('stands a 404 that no Kubernetes API gives', async () => {
    const api = await fakeApi();
    api.trouble = () => ({ status: 404, body: 'default backend - 404', headers: { 'Content-Type': 'text/plain' } });
    const cache = watching(api);
    const failure = await notReady(cache, 'Kubernetes API does');
    expect(failure.code).toBe('cluster.bad-answer');
  });
});

describe('listeners', () => {
  it('hear of many changes at once, with the kinds that changed, and may fail', async () => {
    const api = await fakeApi();
    const cache = watching(api, { kinds: ['Pod', 'Node'], timing: { debounce: 30 } });
    await watchesOpen(api, 2);
    await pause(50);
    const heard: string[][] = [];
    cache.onChange(() => {
      throw new Error('mine');
    });
    cache.onChange(async () => {
      throw new Error('mine, later');
    });
    cache.onChange((kinds) => void heard.push([...kinds]));
    await pause(100);
    heard.length = 0;
    for (let index = 0; index < 200; index++) api.put(pods, `pod-${index % 20}`);
    await inStep(cache, api);
    await eventually(() => expect(heard.length).toBeGreaterThan(0));
    expect(heard.length).toBeLessThan(100);
    expect(new Set(heard.flat())).toEqual(new Set(['Pod']));
    api.put('/api/v1/nodes', 'n');
    await eventually(() => expect(heard.at(-1)).toContain('Node'));
  });

  it('are not called while they work, nor after they left', async () => {
    const api = await fakeApi();
    const cache = watching(api);
    await watchesOpen(api);
    let [running, most, calls] = [0, 0, 0];
    const leave = cache.onChange(async () => {
      calls += 1;
      running += 1;
      most = Math.max(most, running);
      await pause(20);
      running -= 1;
    });
    for (let index = 0; index < 20; index++) {
      api.put(pods, 'a');
      await pause(5);
    }
    expect(most).toBe(1);
    leave();
    await pause(60);
    const before = calls;
    api.put(pods, 'a');
    await pause(60);
    expect(calls).toBe(before);
  });

  it('are not woken at once by leases that are renewed', async () => {
    const api = await fakeApi();
    const leases = '/apis/coordination.k8s.io/v1/leases';
    const cache = watching(api, { kinds: ['Pod', 'Lease'], timing: { quietDebounce: 1500 } });
    await watchesOpen(api, 2);
    let heard = 0;
    cache.onChange(() => void (heard += 1));
    await eventually(() => expect(heard).toBeGreaterThan(0));
    // On a busy machine each of the two watches is told as open by itself.
    await pause(300);
    const open = heard;
    api.put(leases, 'scheduler');
    await pause(80);
    expect(heard).toBe(open);
    await eventually(() => expect(heard).toBe(open + 1));
    api.put(leases, 'scheduler');
    api.put(pods, 'a');
    // Sooner than after leases alone.
    await vi.waitFor(() => expect(heard).toBe(open + 2), { timeout: 1400, interval: 3 });
  });
});

describe('a snapshot', () => {
  it('shares the lists of kinds that have not changed with the last one', async () => {
    const api = await fakeApi();
    for (const path of [pods, '/api/v1/nodes']) api.put(path, 'a');
    const cache = watching(api, {
      kinds: ['Pod', 'Node'],
      cluster: 'kind-a',
      serverVersion: 'v1.36.3',
      servedVersions: ['v1'],
    });
    await watchesOpen(api, 2);
    const first = cache.snapshot();
    api.put(pods, 'b');
    await inStep(cache, api);
    const second = cache.snapshot();
    expect(second.list('Node')).toBe(first.list('Node'));
    expect(first.list('Pod')).toHaveLength(1);
    expect(second.parts).toMatchObject({ cluster: 'kind-a', serverVersion: 'v1.36.3', servedVersions: ['v1'] });
  });

  it('holds no value of a Secret, and Helm releases by name only', async () => {
    const api = await fakeApi();
    api.trouble = ({ watch, parameters }) => {
      const release = parameters.get('fieldSelector') === 'type=helm.sh/release.v1';
      const item = {
        metadata: { name: release ? 'sh.helm.release.v1.web.v1' : 'db', namespace: 'shop', uid: release ? 'u1' : 'u2' },
        ...(release ? {} : { type: 'Opaque', data: { password: 'Y2FuYXJ5' } }),
      };
      return watch ? undefined : { body: JSON.stringify({ metadata: { resourceVersion: '7' }, items: [item] }) };
    };
    const cache = watching(api, { kinds: ['Secret'] });
    await cache.ready();
    const secrets = cache.snapshot().list('Secret');
    expect(secrets.map(({ metadata, keys }) => [metadata.name, keys])).toEqual([
      ['db', ['password']],
      ['sh.helm.release.v1.web.v1', ['release']],
    ]);
    expect(JSON.stringify(secrets)).not.toContain('Y2FuYXJ5');
    await eventually(() => expect(api.asked(true).length).toBeGreaterThan(1));
    expect(api.asked(true).map(({ accept }) => accept.includes('PartialObjectMetadataList'))).not.toContain(true);
  });

  it('has the newest events only, and says so', async () => {
    const api = await fakeApi();
    api.trouble = ({ watch }) => {
      const items = Array.from({ length: 30 }, (_, index) => ({
        metadata: { name: `e-${index}`, namespace: 'shop', uid: `u-${index}` },
        lastTimestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, (index * 7) % 30)).toISOString(),
      }));
      return watch ? undefined : { body: JSON.stringify({ metadata: { resourceVersion: '7' }, items }) };
    };
    const cache = watching(api, { kinds: ['Event'], mostEvents: 10 });
    await cache.ready();
    const snapshot = cache.snapshot();
    expect(
      snapshot
        .list('Event')
        .map(({ last }) => Number(last?.slice(17, 19)))
        .toSorted((a, b) => a - b),
    ).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(snapshot.coverage('Event')).toBe('partial');
    expect(snapshot.blindSpots.map(({ why }) => why)).toEqual(['There are 30; the newest 10 were kept.']);
  });
});

describe('close', () => {
  it('ends every connection and timer, whatever the cache is doing', async () => {
    const api = await fakeApi();
    api.put(pods, 'a');
    api.trouble = ({ path, watch }) => {
      if (path.includes('nodes')) return { hang: true };
      if (path.includes('services')) return { status: 500 };
      if (path.includes('configmaps')) return watch ? { hang: true } : undefined;
      return path.includes('deployments') ? { status: 403 } : undefined;
    };
    const client = createKubeClient(plainAccess('fake', api.url));
    const handles = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = handles();
    const cache = createWatchCache({
      client,
      kinds: ['Pod', 'Node', 'Service', 'ConfigMap', 'Deployment', 'Secret'],
      timing: { ...hurried, header: 60_000 },
    });
    cache.onChange(() => {});
    await pause(100);
    const began = performance.now();
    await cache.close();
    expect(performance.now() - began).toBeLessThan(10_000);
    client.close();
    await eventually(() => expect(api.openSockets).toBe(0));
    expect(handles()).toBeLessThanOrEqual(before);
    const asked = api.requests.length;
    await pause(100);
    expect(api.requests.length).toBe(asked);
    expect(cache.snapshot().list('Pod')).toHaveLength(1);
  });
});
