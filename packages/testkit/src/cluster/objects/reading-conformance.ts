import { expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { sending } from './objects-bench.ts';
import type { ObjectsBench } from './objects-bench.ts';

export function conformsInReading(bench: ObjectsBench): void {
  const { setting, objects, namespace, soon, configMap, named } = bench;

  it('has a name that people know it by', () => {
    expect(objects().source).not.toBe('');
  });

  it('gives undefined for what does not exist, and for kinds that are not served', async () => {
    expect(await objects().get(named('ConfigMap', 'nobody'), { signal: soon() })).toBeUndefined();
    expect(await objects().get(named('Unicorn', 'nobody', 'stable.example/v1'), { signal: soon() })).toBeUndefined();
    expect(
      await objects().list({ apiVersion: 'stable.example/v1', kind: 'Unicorn', namespace }, { signal: soon() }),
    ).toEqual([]);
  });

  it('lists by namespace and labels, each item with its kind', async () => {
    await setting.put({
      ...configMap('listed-a', {}),
      metadata: { name: 'listed-a', namespace, labels: { tier: 'front' } },
    });
    await setting.put({
      ...configMap('listed-b', {}),
      metadata: { name: 'listed-b', namespace, labels: { tier: 'back' } },
    });
    const found = await objects().list(
      { apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'tier=front' },
      { signal: soon() },
    );
    expect(found.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual([
      ['v1', 'ConfigMap', 'listed-a'],
    ]);
    const everywhere = await objects().list(
      { apiVersion: 'v1', kind: 'ConfigMap', namespace: '', fieldSelector: 'metadata.name=listed-b' },
      { signal: soon() },
    );
    expect(everywhere.map(({ metadata }) => metadata.namespace)).toEqual([namespace]);
  });

  it('tells with one object which field is whose, and not with a list', async () => {
    await objects().send({ verb: 'create', object: configMap('owned-fields', { mode: 'fast' }) }, sending(bench));
    const owned = (object: Manifest | undefined): readonly unknown[] =>
      [object?.metadata['managedFields']]
        .flat()
        .map((account) => (account as { fieldsV1?: unknown } | undefined)?.fieldsV1);
    const [listed] = await objects().list(
      { apiVersion: 'v1', kind: 'ConfigMap', namespace, fieldSelector: 'metadata.name=owned-fields' },
      { signal: soon() },
    );
    expect(owned(await objects().get(named('ConfigMap', 'owned-fields'), { signal: soon() }))).toMatchObject([
      { 'f:data': { 'f:mode': {} } },
    ]);
    expect(owned(listed)).toEqual([{}]);
  });

  it('knows whom the server takes it for', async () => {
    const user = await objects().whoAmI({ signal: soon() });
    expect(user?.name).not.toBe('');
    expect(user?.groups).toContain('system:authenticated');
  });

  it('refuses names that would lead elsewhere', async () => {
    for (const name of ['../secrets', 'a/b', '..', 'a%2fb']) {
      await expect(objects().get(named('ConfigMap', name), { signal: soon() })).rejects.toMatchObject({
        code: 'cluster.invalid',
      });
    }
  });

  it('stops when it is told to', async () => {
    await expect(objects().get(named('ConfigMap', 'x'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
}
