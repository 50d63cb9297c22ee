import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureOf } from '../../testing/failure-of.ts';
import { raw } from '../../testing/replayed.ts';
import { testFolder } from '../../testing/test-folder.ts';
import { allOf, setStage, soon } from '../testing/stage.ts';
import type { Stage } from '../testing/stage.ts';

const shop = [
  raw('Namespace', 'shop'),
  raw('ServiceAccount', 'default', { namespace: 'shop' }),
  raw('ConfigMap', 'page', { namespace: 'shop', data: { a: '1' } }),
  raw('Secret', 'key', { namespace: 'shop', data: { key: 'aHVudGVyMg==' } }),
  {
    ...raw('Deployment', 'web', { namespace: 'shop', spec: { replicas: 2 }, status: { replicas: 2 } }),
    apiVersion: 'apps/v1',
  },
  raw('Pod', 'web-1', {
    namespace: 'shop',
    metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }] },
  }),
];

interface File {
  readonly kind: string;
  readonly autodevops: Readonly<Record<string, unknown>>;
  readonly items: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[];
}

async function upWith(objects: typeof shop): Promise<Stage> {
  const stage = await setStage({ objects });
  await allOf(stage.open().up(soon()));
  return stage;
}

const file = (): string => join(testFolder(), 'shop.json');
const read = (path: string): File => JSON.parse(readFileSync(path, 'utf8')) as File;
const names = ({ items }: File): readonly string[] =>
  items.map(({ kind, metadata: { name } }) => `${kind}/${name}`).toSorted();

it('keeps what people put into the cluster, without Secrets, in a List that others can read', async () => {
  const [stage, path] = [await upWith(shop), file()];
  const events = await allOf(stage.open().snapshot({ ...soon(), file: path, secrets: false }));
  expect(names(read(path))).toEqual(['ConfigMap/page', 'Deployment/web', 'Namespace/shop']);
  expect(read(path)).toMatchObject({
    apiVersion: 'v1',
    kind: 'List',
    autodevops: { version: 1, cluster: 'dev', secrets: false },
  });
  expect(events).toContainEqual({
    type: 'note',
    says: 'Secrets are not in it.',
    remedy: expect.stringContaining('local snapshot --secrets'),
    remedyParts: expect.arrayContaining([{ do: 'snapshot-local-cluster', secrets: true }]),
  });
  expect(readFileSync(path, 'utf8')).not.toContain('aHVudGVyMg==');
});

it('keeps Secrets when asked for, in a file for its owner alone', async () => {
  const [stage, path] = [await upWith(shop), file()];
  await allOf(stage.open().snapshot({ ...soon(), file: path, secrets: true }));
  expect(names(read(path))).toContain('Secret/key');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('puts the objects of the newest snapshot into a cluster that has none of them', async () => {
  const full = await upWith(shop);
  await allOf(full.open().snapshot({ ...soon(), file: undefined, secrets: true }));
  const empty = await upWith([raw('Namespace', 'shop'), raw('ServiceAccount', 'default', { namespace: 'shop' })]);
  const [kept = ''] = (await allOf(full.open().snapshot({ ...soon(), file: undefined, secrets: true }))).flatMap(
    (event) => (event.type === 'done' ? [/are in (.+)\.$/.exec(event.says)?.[1] ?? ''] : []),
  );
  await allOf(empty.open().restore({ ...soon(), file: kept }));
  const again = file();
  await allOf(empty.open().snapshot({ ...soon(), file: again, secrets: true }));
  expect(names(read(again))).toEqual(['ConfigMap/page', 'Deployment/web', 'Namespace/shop', 'Secret/key']);
  expect((await allOf(full.open().restore({ ...soon(), file: undefined }))).at(-1)).toMatchObject({
    type: 'done',
    says: expect.stringContaining(kept),
  });
});

it('names what the cluster does not take, and puts the others back', async () => {
  const [stage, path] = [await upWith(shop.slice(0, 2)), file()];
  const items = [
    { apiVersion: 'nowhere.example/v1', kind: 'Widget', metadata: { name: 'w' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page', namespace: 'shop' } },
  ];
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      autodevops: { version: 1, cluster: 'dev', kubernetes: '', at: '2026-01-01T00:00:00Z', secrets: false },
      items,
    }),
  );
  expect(await failureOf(allOf(stage.open().restore({ ...soon(), file: path })))).toMatchObject({
    code: 'local.failed',
    message: expect.stringContaining('1 of 2 objects'),
  });
  const again = file();
  await allOf(stage.open().snapshot({ ...soon(), file: again, secrets: false }));
  expect(names(read(again))).toContain('ConfigMap/page');
});

it.each(['', 'no JSON', '{"kind":"List","items":[]}', '{"kind":"List","items":[],"autodevops":{"version":2}}'])(
  'refuses a file of another kind: %s',
  async (text) => {
    const stage = await setStage();
    const path = file();
    writeFileSync(path, text);
    expect(await failureOf(allOf(stage.open().restore({ ...soon(), file: path })))).toMatchObject({
      code: 'bundle.not-a-bundle',
    });
  },
);

it('says so where there is no snapshot', async () => {
  const stage = await setStage();
  expect(await failureOf(allOf(stage.open().restore({ ...soon(), file: undefined })))).toMatchObject({
    code: 'bundle.not-found',
  });
});

it('only reads and writes a cluster that was made from here', async () => {
  const stage = await setStage();
  expect(await failureOf(allOf(stage.open().snapshot({ ...soon(), file: file(), secrets: false })))).toMatchObject({
    code: 'local.not-there',
  });
});
