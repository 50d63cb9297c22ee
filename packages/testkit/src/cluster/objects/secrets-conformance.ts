import { beforeAll, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { must, patch, sending } from './objects-bench.ts';
import type { ObjectsBench } from './objects-bench.ts';

const canary = 'canary-in-a-secret';
const encoded = Buffer.from(canary).toString('base64');

function expectNoValue(thing: unknown): void {
  const text = JSON.stringify(thing);
  expect(text).not.toContain(canary);
  expect(text).not.toContain(encoded);
}

export function conformsInSecrets(bench: ObjectsBench): void {
  const { objects, soon, named, namespace, setting } = bench;

  beforeAll(async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace, annotations: {} },
      type: 'Opaque',
      data: { password: encoded },
    };
    const annotations = { note: 'x', 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret) };
    await setting.put({ ...secret, metadata: { ...secret.metadata, annotations } });
  });

  it('come with their keys and without their values, alone and in lists', async () => {
    const secret = must(await objects().get(named('Secret', 'login'), { signal: soon() }));
    expect(secret['data']).toEqual({ password: '' });
    expect(secret.metadata['annotations']).toEqual({ note: 'x' });
    const listed = await objects().list({ apiVersion: 'v1', kind: 'Secret', namespace }, { signal: soon() });
    expect(listed.map(({ metadata }) => metadata.name)).toContain('login');
    expectNoValue([secret, listed]);
  });

  it('come without values from what is sent, dry or not, and keep them', async () => {
    const read = async (): Promise<Manifest> => must(await objects().get(named('Secret', 'login'), { signal: soon() }));
    const label = { op: 'add', path: '/metadata/labels', value: { seen: 'yes' } } as const;
    expectNoValue(await objects().send(patch(await read(), [label]), sending(bench, { dryRun: true })));
    const after = must(await objects().send(patch(await read(), [label]), sending(bench)));
    expect(after['data']).toEqual({ password: '' });
    expectNoValue(after);
  });

  it('are neither written nor guessed at', async () => {
    const secret = must(await objects().get(named('Secret', 'login'), { signal: soon() }));
    const guess = patch(secret, [{ op: 'test', path: '/data/password', value: encoded }]);
    const copy = patch(secret, [
      { op: 'test', path: '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration', value: '' },
    ]);
    const write = patch(secret, [{ op: 'replace', path: '/data/password', value: '' }]);
    const create = { verb: 'create', object: { ...secret, metadata: { name: 'copy', namespace } } } as const;
    const apply = {
      verb: 'apply',
      object: { ...secret, metadata: { name: 'login', namespace } },
      force: true,
    } as const;
    for (const operation of [guess, copy, write, create, apply]) {
      await expect(objects().send(operation, sending(bench))).rejects.toMatchObject({ code: 'change.refused' });
    }
  });

  it('are not quoted by what is refused', async () => {
    const secret = must(await objects().get(named('Secret', 'login'), { signal: soon() }));
    const wrong = patch(secret, [{ op: 'add', path: '/metadata/labels', value: { x: `no ${canary}` } }]);
    const error: unknown = await objects()
      .send(wrong, sending(bench))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'cluster.invalid' });
    expectNoValue([(error as Error).message, (error as { remedy: string }).remedy]);
  });
}
