import { describe, expect, it } from 'vitest';
import { fakeApi } from './testing/fake-api.ts';
import type { FakeApi, Trouble } from './testing/fake-api.ts';
import { eventually, heldBy, inStep, watching } from './testing/watching.ts';

const pods = '/api/v1/pods';

async function apiWith(...names: readonly string[]): Promise<FakeApi> {
  const api = await fakeApi();
  for (const name of names) api.put(pods, name);
  return api;
}

describe('what the API server refuses', () => {
  it('is a blind spot with the rule that lifts it, when it is not allowed', async () => {
    const api = await apiWith('a');
    api.trouble = ({ path }) =>
      path.includes('deployments') || path === '/api/v1/namespaces' ? { status: 403 } : undefined;
    const cache = watching(api, { kinds: ['Pod', 'Deployment'] });
    await cache.ready();
    const snapshot = cache.snapshot();
    expect(snapshot.coverage('Deployment')).toBe('none');
    expect(snapshot.saw('Pod')).toBe(true);
    expect(snapshot.parts.failed).toEqual(['Deployment']);
    expect(snapshot.blindSpots).toEqual([
      expect.objectContaining({
        what: 'Deployments',
        remedy: expect.stringContaining(
          '{apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch"]}',
        ),
      }),
    ]);
    api.trouble = () => undefined;
    api.put('/apis/apps/v1/deployments', 'web');
    await eventually(() => expect(cache.snapshot().list('Deployment')).toHaveLength(1));
    expect(cache.snapshot().blindSpots).toEqual([]);
  });

  it('is watched in the namespaces that are allowed, where everywhere is not', async () => {
    const api = await fakeApi();
    api.put('/api/v1/namespaces/default/pods', 'mine');
    api.trouble = ({ path }) =>
      path.startsWith('/api/v1/namespaces/default/') || path === '/version' ? undefined : { status: 403 };
    const cache = watching(api);
    await cache.ready();
    const snapshot = cache.snapshot();
    expect([...heldBy(cache).keys()]).toEqual(['mine']);
    expect([snapshot.coverage('Pod', 'default'), snapshot.coverage('Pod', 'shop'), snapshot.coverage('Pod')]).toEqual([
      'full',
      'none',
      'partial',
    ]);
    expect(snapshot.blindSpots[0]?.what).toBe('Pods outside of namespace default');
    api.put('/api/v1/namespaces/default/pods', 'next');
    await eventually(() => expect(heldBy(cache).size).toBe(2));
  });

  it('is watched in the namespaces that were asked for', async () => {
    const api = await fakeApi();
    for (const name of ['a', 'b']) api.put(`/api/v1/namespaces/${name}/pods`, `in-${name}`);
    api.trouble = ({ path }) => (path.includes('/b/') ? { status: 403 } : undefined);
    const cache = watching(api, { namespaces: ['a', 'b'], kinds: ['Pod', 'Node'] });
    await cache.ready();
    const snapshot = cache.snapshot();
    expect([...heldBy(cache).keys()]).toEqual(['in-a']);
    expect([snapshot.coverage('Pod', 'a'), snapshot.coverage('Pod', 'b'), snapshot.coverage('Node')]).toEqual([
      'full',
      'none',
      'full',
    ]);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Pods outside of namespace a']);
  });

  it('is empty and fully seen, when it is not served', async () => {
    const api = await apiWith('a');
    const notFound: Trouble = { status: 404, body: '404 page not found\n', headers: { 'Content-Type': 'text/plain' } };
    api.trouble = ({ path }) => (path.includes('gateways') ? notFound : undefined);
    const cache = watching(api, { kinds: ['Pod', 'Gateway'] });
    await cache.ready();
    const snapshot = cache.snapshot();
    expect([snapshot.saw('Gateway'), snapshot.list('Gateway'), snapshot.blindSpots]).toEqual([true, [], []]);
    api.trouble = ({ path }) => (path.includes('v1/gateways') && !path.includes('v1beta1') ? notFound : undefined);
    api.put('/apis/gateway.networking.k8s.io/v1beta1/gateways', 'edge');
    await eventually(() => expect(cache.snapshot().list('Gateway')).toHaveLength(1));
  });

  it('is polled, when it may be listed but not watched', async () => {
    const api = await apiWith('a');
    api.trouble = ({ watch }) => (watch ? { status: 403 } : undefined);
    const cache = watching(api);
    await cache.ready();
    api.put(pods, 'b');
    await inStep(cache, api);
    expect(cache.snapshot().blindSpots).toEqual([]);
  });

  it('is asked for again when the server says so, not before', async () => {
    const api = await apiWith('a');
    api.trouble = () => (api.requests.length === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined);
    const cache = watching(api);
    const began = performance.now();
    await cache.ready();
    expect(performance.now() - began).toBeGreaterThan(950);
    expect(api.asked(false)).toHaveLength(2);
  });
});
