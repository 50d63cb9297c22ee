import { describe, expect, it } from 'vitest';
import { fakeApi } from './testing/fake-api.ts';
import type { FakeApi } from './testing/fake-api.ts';
import { eventually, watching } from './testing/watching.ts';
import type { WatchCache } from './watch-cache.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const applications = '/apis/argoproj.io/v1alpha1/applications';
const widgets = '/apis/example.org/v1/widgets';

interface Definition {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

const application: Definition = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  plural: 'applications',
  kind: 'Application',
};
const widget: Definition = { group: 'example.org', version: 'v1', plural: 'widgets', kind: 'Widget' };

/** An API server with these definitions; more can be added to the list that is given. */
async function apiWith(served: readonly Definition[]): Promise<FakeApi> {
  const api = await fakeApi();
  const item = ({ group, version, plural, kind }: Definition) => ({
    metadata: { name: `${plural}.${group}`, uid: plural },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind },
      versions: [{ name: version, served: true, storage: true }],
    },
  });
  api.trouble = ({ path, watch }) =>
    path === definitions && !watch
      ? { body: JSON.stringify({ metadata: { resourceVersion: '7' }, items: served.map(item) }) }
      : undefined;
  return api;
}

function watchingCustom(
  api: FakeApi,
  kinds: readonly ('Pod' | 'CustomResourceDefinition')[] = ['CustomResourceDefinition'],
): WatchCache {
  return watching(api, { kinds, custom: true });
}

function namesIn(cache: WatchCache): readonly string[] {
  return cache.snapshot().custom.map(({ metadata }) => metadata.name);
}

describe('custom resources', () => {
  it('are watched where they tell how applications fare, and listed now and then where little is known of them', async () => {
    const api = await apiWith([application, widget]);
    api.put(applications, 'shop');
    api.put(widgets, 'w');
    const cache = watchingCustom(api);
    await cache.ready();
    expect(namesIn(cache)).toEqual(['shop', 'w']);
    expect(cache.snapshot().custom[0]).toMatchObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { namespace: 'shop' },
    });
    api.put(applications, 'blog');
    api.remove(widgets, 'w');
    await eventually(() => expect(namesIn(cache)).toEqual(['shop', 'blog']));
    expect(new Set(api.asked(true).map(({ path }) => path))).toEqual(new Set([definitions, applications]));
  });

  it('tell listeners that they changed', async () => {
    const api = await apiWith([application]);
    const cache = watchingCustom(api);
    await cache.ready();
    const heard: string[] = [];
    cache.onChange((kinds) => void heard.push(...kinds));
    await eventually(() => expect(api.openWatches).toBe(2));
    heard.length = 0;
    api.put(applications, 'shop');
    await eventually(() => expect(heard).toContain('custom'));
  });

  it('come and go with their definitions', async () => {
    const served = [application];
    const api = await apiWith(served);
    api.put(applications, 'an-application');
    api.put(widgets, 'a-widget');
    const cache = watchingCustom(api);
    await cache.ready();
    served.splice(0, 1, widget);
    api.compact();
    api.cut();
    await eventually(() => expect(namesIn(cache)).toEqual(['a-widget']));
  });

  it('are found by discovery where their definitions may not be read', async () => {
    const api = await apiWith([]);
    const group = (name: string, { version, plural, kind }: Definition) => ({
      metadata: { name },
      versions: [
        {
          version,
          resources: [{ resource: plural, responseKind: { kind }, scope: 'Namespaced', verbs: ['list', 'watch'] }],
        },
      ],
    });
    api.trouble = ({ path }) => {
      if (path === definitions) return { status: 403 };
      const items = path === '/apis' ? [group(application.group, application)] : [];
      return path === '/apis' || path === '/api'
        ? { body: JSON.stringify({ kind: 'APIGroupDiscoveryList', items }) }
        : undefined;
    };
    api.put(applications, 'shop');
    const cache = watchingCustom(api);
    await cache.ready();
    expect(namesIn(cache)).toEqual(['shop']);
  });

  it('are a blind spot with the rule that lifts it, when they may not be read, and hold nobody up', async () => {
    const api = await apiWith([application, widget]);
    const { trouble } = api;
    api.trouble = (asked) =>
      asked.path === applications ? { status: 403 } : asked.path === widgets ? { status: 500 } : trouble(asked);
    const cache = watchingCustom(api);
    await cache.ready();
    expect(
      cache.snapshot().blindSpots.map(({ what, remedy }) => [what, remedy.includes('apiGroups: ["argoproj.io"]')]),
    ).toEqual([
      ['custom resources: applications.argoproj.io', true],
      ['widgets.example.org', false],
    ]);
    expect(cache.snapshot().parts.failed).toEqual([]);
  });

  it('are left alone where nobody asked for them', async () => {
    const api = await apiWith([application]);
    api.put(applications, 'shop');
    const cache = watching(api, { kinds: ['CustomResourceDefinition'] });
    await cache.ready();
    expect(cache.snapshot().parts.custom).toBeUndefined();
    expect(api.requests.some(({ path }) => path === applications)).toBe(false);
  });
});
