import { describe, expect, it } from 'vitest';
import type { KindRead } from '../reader/lists/kind-read.ts';
import { fakeApi } from './testing/fake-api.ts';
import { watching } from './testing/watching.ts';
import { namespacesWithin, objectsWithin, readWithin } from './within-namespaces.ts';

function at(namespace: string, name = 'web'): object {
  return { metadata: { namespace, name } };
}

const pods: KindRead = { kind: 'Pod', objects: [at('shop'), at('other'), at('third')], coverage: 'full' };

describe('what is held, seen from some namespaces', () => {
  it('is what lies in them, and what lies in none', () => {
    expect(readWithin(pods, ['shop', 'third'])).toEqual({ ...pods, objects: [at('shop'), at('third')] });
    const nodes: KindRead = { kind: 'Node', objects: [at('')], coverage: 'full' };
    expect(readWithin(nodes, ['shop'])).toBe(nodes);
    expect(objectsWithin([at(''), at('shop'), at('other')], ['shop'])).toEqual([at(''), at('shop')]);
  });

  it('is the same list again while that has not changed, for the namespaces that are asked for most', () => {
    const first = objectsWithin(pods.objects, ['shop', 'other']);
    for (let count = 0; count < 100; count++) {
      objectsWithin(pods.objects, [`n-${count}`]);
      expect(objectsWithin(pods.objects, ['other', 'shop'])).toBe(first);
    }
  });

  it('is seen whole where each of them may be read, whatever may not be read elsewhere', () => {
    const narrow: KindRead = {
      ...pods,
      coverage: 'partial',
      byNamespace: { named: { shop: 'full', other: 'full' }, elsewhere: 'none' },
      denied: { kind: 'Pod', readIn: ['shop', 'other'], askedIn: [] },
    };
    expect(readWithin(narrow, ['shop'])).toEqual({ kind: 'Pod', objects: [at('shop')], coverage: 'full' });
    expect(readWithin(narrow, ['shop', 'third'])).toMatchObject({
      coverage: 'partial',
      byNamespace: { named: { shop: 'full', third: 'none' }, elsewhere: 'none' },
      denied: { readIn: ['shop'], askedIn: ['shop', 'third'] },
    });
    expect(readWithin(narrow, ['third'])).toMatchObject({
      coverage: 'none',
      denied: { readIn: [], askedIn: ['third'] },
    });
  });

  it('is not whole where events were left out', () => {
    const events: KindRead = { kind: 'Event', objects: [at('shop'), at('other')], coverage: 'partial', seenEvents: 12 };
    expect(readWithin(events, ['shop'])).toMatchObject({ objects: [at('shop')], coverage: 'partial', seenEvents: 11 });
  });

  it('is no more than what is held', () => {
    expect([
      namespacesWithin(undefined, ['a']),
      namespacesWithin(['a'], undefined),
      namespacesWithin(['a', 'b'], ['b', 'c']),
      namespacesWithin(undefined, undefined),
    ]).toEqual([['a'], ['a'], ['b'], undefined]);
  });

  it('is a snapshot that says which namespaces it is of', async () => {
    const api = await fakeApi();
    api.put('/api/v1/pods', 'web');
    const cache = watching(api, { kinds: ['Pod', 'Node'] });
    await cache.ready();
    expect(cache.snapshot(['shop']).saw('Pod', 'shop')).toBe(true);
    expect(cache.snapshot(['shop']).list('Pod')).toHaveLength(1);
    expect(cache.snapshot(['other']).list('Pod')).toEqual([]);
    expect(cache.snapshot(['other']).saw('Pod', 'shop')).toBe(false);
    expect(cache.snapshot(['other']).saw('Node')).toBe(true);
  });
});
