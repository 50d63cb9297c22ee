import { expect, it } from 'vitest';
import type { ObjectsBench } from './cluster-objects-conformance-bench.ts';

export function conformsInReading({ setting, objects, namespace, soon, configMap, named }: ObjectsBench): void {
  it('has a name that people know it by', () => {
    expect(objects().source).not.toBe('');
  });

  it('gives undefined for what does not exist, and for kinds that are not served', async () => {
    expect(await objects().get(named('ConfigMap', 'nobody'), { signal: soon() })).toBeUndefined();
    expect(await objects().get(named('Unicorn', 'nobody', 'stable.example/v1'), { signal: soon() })).toBeUndefined();
    expect(await objects().list({ apiVersion: 'stable.example/v1', kind: 'Unicorn', namespace }, { signal: soon() })).toEqual([]);
  });

  it('lists by namespace and labels, each item with its kind', async () => {
    await setting.put({ ...configMap('listed-a', {}), metadata: { name: 'listed-a', namespace, labels: { tier: 'front' } } });
    await setting.put({ ...configMap('listed-b', {}), metadata: { name: 'listed-b', namespace, labels: { tier: 'back' } } });
    const found = await objects().list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'tier=front' }, { signal: soon() });
    expect(found.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual([['v1', 'ConfigMap', 'listed-a']]);
    const everywhere = await objects().list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: '', fieldSelector: 'metadata.name=listed-b' }, { signal: soon() });
    expect(everywhere.map(({ metadata }) => metadata.namespace)).toEqual([namespace]);
  });

  it('refuses names that would lead elsewhere', async () => {
    for (const name of ['../secrets', 'a/b', '..', 'a%2fb']) {
      await expect(objects().get(named('ConfigMap', name), { signal: soon() })).rejects.toMatchObject({ code: 'cluster.invalid' });
    }
  });

  it('stops when it is told to', async () => {
    await expect(objects().get(named('ConfigMap', 'x'), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  });
}
