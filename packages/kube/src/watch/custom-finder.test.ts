import { customResourceDefinition } from '@autodevops/domain/kubernetes/cluster';
import { expect, it } from 'vitest';
import type { KindRead } from '../reader/lists/kind-read.ts';
import { customFinder } from './custom-finder.ts';

const widget = customResourceDefinition.read({
  metadata: { name: 'widgets.example.org', uid: 'w' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ name: 'v1', served: true, storage: true }],
  },
});

it('what discovery says late is not told once the definitions have come', async () => {
  let answer = (_value: unknown): void => {};
  const late = new Promise<unknown>((resolve) => {
    answer = resolve;
  });
  let definitions: KindRead | undefined;
  const find = customFinder({
    client: { json: async () => await late },
    definitions: () => definitions,
    now: () => 0,
    every: 1000,
    signal: new AbortController().signal,
  });
  const asked = find();
  definitions = { kind: 'CustomResourceDefinition', objects: [widget], coverage: 'full' };
  const [first] = await find();
  expect(first?.plural).toBe('widgets');
  answer({ kind: 'APIGroupDiscoveryList', items: [] });
  expect(await asked).toEqual(await find());
});
