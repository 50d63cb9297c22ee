import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeApi } from './testing/fake-api.ts';
import type { FakeApi, Trouble } from './testing/fake-api.ts';
import { eventually, heldBy, inStep, watchesOpen, watching } from './testing/watching.ts';

const pods = '/api/v1/pods';

async function apiWith(...names: readonly string[]): Promise<FakeApi> {
  const api = await fakeApi();
  for (const name of names) api.put(pods, name);
  return api;
}

/** Does this once, to the first request that it is for. */
function once(api: FakeApi, forWatch: boolean, trouble: Trouble, times = 1): void {
  let left = times;
  api.trouble = ({ watch, path }) => {
    if (left === 0 || watch !== forWatch || path === '/version') return undefined;
    left -= 1;
    return trouble;
  };
}

describe('a cache', () => {
  it('lists in pages, and follows what is added, modified and deleted', async () => {
    const api = await apiWith(...Array.from({ length: 1203 }, (_, index) => `pod-${index}`));
    const cache = watching(api);
    await cache.ready();
    expect(heldBy(cache).size).toBe(1203);
    expect(api.asked(false)).toHaveLength(3);
    await watchesOpen(api);
    api.put(pods, 'new');
    api.put(pods, 'pod-7');
    api.remove(pods, 'pod-8');
    await inStep(cache, api);
    expect(cache.statistics()).toEqual({ lists: 1, relists: 0, reconnects: 0, events: 3 });
    expect(cache.snapshot().saw('Pod')).toBe(true);
  });

  it('loses nothing between its list and its watch', async () => {
    const api = await apiWith('a');
    api.trouble = ({ watch }) => {
      if (watch && api.asked(true).length === 1) api.put(pods, 'in-between');
      return undefined;
    };
    const cache = watching(api);
    await watchesOpen(api);
    await inStep(cache, api);
    expect(heldBy(cache).size).toBe(2);
  });

  it('goes on from the last event after a cut', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    api.put(pods, 'b');
    await inStep(cache, api);
    api.cut();
    api.put(pods, 'c');
    api.remove(pods, 'a');
    await inStep(cache, api);
    expect(api.asked(true).map(({ parameters }) => parameters.get('resourceVersion'))).toEqual(['101', '102']);
    expect(cache.statistics()).toMatchObject({ lists: 1, reconnects: 1, events: 3 });
  });

  it('goes on from the last bookmark, where events are forgotten by then', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    api.advance(5000);
    api.bookmark();
    await pause(100);
    api.compact();
    api.cut();
    await eventually(() => {
      expect(api.asked(true).at(-1)?.parameters.get('resourceVersion')).toBe('5101');
    });
    api.put(pods, 'b');
    await inStep(cache, api);
    expect(cache.statistics()).toMatchObject({ lists: 1, relists: 0 });
    expect(api.asked(true)[0]?.parameters.get('allowWatchBookmarks')).toBe('true');
  });

  it('lists anew after 410 as an event, and forgets what was deleted meanwhile', async () => {
    const api = await apiWith('a', 'b');
    const cache = watching(api);
    await watchesOpen(api);
    const before = cache.snapshot().get('Pod', 'shop', 'a');
    await api.stop();
    api.remove(pods, 'b');
    api.put(pods, 'c');
    api.compact();
    await api.start();
    await inStep(cache, api);
    expect(cache.statistics()).toMatchObject({ lists: 2, relists: 1 });
    expect(cache.snapshot().get('Pod', 'shop', 'a')).toBe(before);
  });

  it('lists anew after 410 as an answer', async () => {
    const api = await apiWith('a', 'b');
    once(api, true, { status: 410 });
    const cache = watching(api);
    await watchesOpen(api);
    expect(cache.statistics()).toMatchObject({ lists: 2, relists: 1 });
    await inStep(cache, api);
  });

  it('reads a list in one answer when the state of its pages ended in between', async () => {
    const api = await apiWith(...Array.from({ length: 600 }, (_, index) => `pod-${index}`));
    api.trouble = ({ parameters }) => {
      if (!parameters.has('continue')) return undefined;
      api.put(pods, 'moving');
      api.compact();
      return undefined;
    };
    const cache = watching(api);
    await cache.ready();
    await inStep(cache, api);
    expect(api.asked(false).map(({ parameters }) => parameters.get('limit'))).toEqual(['500', '500', null]);
  });

  it('is in step again after the API server was restarted', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    await api.stop();
    api.put(pods, 'b');
    await pause(60);
    expect(heldBy(cache).size).toBe(1);
    await api.start();
    await inStep(cache, api);
    expect(cache.statistics().lists).toBe(1);
  });

  it.each([
    ['a line that is no JSON', 'certainly not\n'],
    ['half a line', '{"type":"ADDED","object":{"metadata":{"name":"half'],
    ['an event without an object', '{"type":"MODIFIED"}\n'],
    ['a null', 'null\n'],
    [
      'an error that is not 410',
      '{"type":"ERROR","object":{"kind":"Status","code":500,"reason":"InternalError","message":"etcdserver: leader changed"}}\n',
    ],
  ])('reconnects after %s', async (_what, text) => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    api.say(text);
    api.endWatches();
    await eventually(() => expect(api.asked(true)).toHaveLength(2));
    await watchesOpen(api);
    api.put(pods, 'b');
    await inStep(cache, api);
    expect(cache.statistics()).toMatchObject({ lists: 1, reconnects: 1 });
  });

  it('does not mind event types that it does not know, nor empty lines', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    api.say('\n{"type":"PROMOTED","object":{"metadata":{}}}\r\n\n');
    api.put(pods, 'b');
    await inStep(cache, api);
    expect(cache.statistics()).toMatchObject({ reconnects: 0, events: 1 });
  });

  it('lists anew when a version is refused again and again', async () => {
    const api = await apiWith('a');
    once(api, true, { status: 500 }, 5);
    const cache = watching(api);
    await watchesOpen(api);
    expect(cache.statistics()).toMatchObject({ lists: 2, relists: 1 });
  });

  it('refuses an event that is larger than 8 MiB, and lives', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    api.say(`{"type":"ADDED","object":{"metadata":{"name":"${'x'.repeat(8 * 1024 * 1024)}`);
    await eventually(() => expect(api.asked(true).length).toBeGreaterThan(1));
    await watchesOpen(api);
    api.put(pods, 'b');
    await inStep(cache, api);
  });

  it('is quiet while nothing happens', async () => {
    const api = await apiWith('a');
    const cache = watching(api);
    await watchesOpen(api);
    await pause(400);
    expect(api.asked(true)).toHaveLength(1);
    expect(cache.statistics()).toMatchObject({ lists: 1, reconnects: 0 });
    await eventually(() => expect(cache.staleness().get('Pod')).toBeLessThan(150));
  });

  it('does not hurry where watches end at once', async () => {
    const api = await apiWith('a');
    api.trouble = ({ watch }) => (watch ? { status: 200, body: '' } : undefined);
    const began = performance.now();
    watching(api, { timing: { backOff: [40, 10_000] } });
    await eventually(() => expect(api.asked(true)).toHaveLength(4));
    expect(performance.now() - began).toBeGreaterThan(20 + 40 + 80);
  });

  it('keeps what the server has under cuts at any byte, restarts, forgotten versions and changes in any order', async () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('put' as const), name: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ what: fc.constant('remove' as const), name: fc.integer({ min: 0, max: 6 }) }),
      fc.record({
        what: fc.constantFrom(
          'bookmark' as const,
          'compact' as const,
          'cut' as const,
          'restart' as const,
          'wait' as const,
          'say' as const,
        ),
        name: fc.constant(0),
      }),
    );
    const act = async (api: FakeApi, { what, name }: { what: string; name: number }): Promise<void> => {
      if (what === 'put') api.put(pods, `pod-${name}`, { text: 'ä"}]{\\n'.repeat(name) });
      else if (what === 'remove') api.remove(pods, `pod-${name}`);
      else if (what === 'bookmark') api.bookmark();
      else if (what === 'compact') api.compact();
      else if (what === 'cut') api.cut();
      else if (what === 'say') api.say('{"type":"MODI');
      else if (what === 'restart') await api.stop().then(() => api.start());
      else await pause(8);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }),
        async (steps, budgets) => {
          const api = await fakeApi();
          const cuts = [...budgets];
          api.trouble = ({ path }) => {
            const cutAfter = path === '/version' ? undefined : cuts.shift();
            return cutAfter === undefined ? undefined : { cutAfter };
          };
          const cache = watching(api);
          for (const one of steps) await act(api, one);
          await inStep(cache, api);
          expect(heldBy(cache)).toEqual(api.state(pods));
          await cache.close();
          await api.stop();
        },
      ),
      { numRuns: 60, interruptAfterTimeLimit: 25_000 },
    );
  }, 60_000);
});
