import { expect, it } from 'vitest';
import { stubSource } from '../../testing/stub-source.ts';
import { LiveNames } from './live-names.ts';

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web-settings', namespace: 'shop' },
  data: { COLOR: 'blue' },
};
const wanted = [{ kind: 'ConfigMap', namespace: 'shop' }];
const { signal } = new AbortController();

it('lists once, and again when it is old or was forgotten', async () => {
  const source = stubSource([settings]);
  let now = 0;
  const names = new LiveNames(source, () => now);
  expect(names.complete('ConfigMap', 'shop')).toBe(false);
  await Promise.all([names.load(wanted, signal), names.load(wanted, signal)]);
  await names.load(wanted, signal);
  expect(names.list('ConfigMap', 'shop').map(({ name }) => name)).toEqual(['web-settings']);
  expect(names.complete('ConfigMap', 'shop')).toBe(true);
  expect(source.lists).toHaveLength(1);
  now = 31_000;
  await names.load(wanted, signal);
  names.forget();
  await names.load(wanted, signal);
  expect(source.lists).toHaveLength(3);
});

it('shows what it held until what is new was read, once it is told that something of the kind changed', async () => {
  const objects = [settings];
  const source = stubSource(objects);
  const names = new LiveNames(source, () => 0);
  await names.load(wanted, signal);
  expect(names.outdate(new Set(['Pod', 'Service']))).toBe(false);
  await names.load(wanted, signal);
  expect(source.lists).toHaveLength(1);
  expect(names.outdate(new Set(['ConfigMap']))).toBe(true);
  expect(names.list('ConfigMap', 'shop')).toHaveLength(1);
  await names.load(wanted, signal);
  expect(names.outdate(undefined)).toBe(true);
  await names.load(wanted, signal);
  expect(source.lists).toHaveLength(3);
});

it('asks again for what was on its way when the change was told, and an answer that comes late replaces no newer one', async () => {
  const [first, second] = [
    Promise.withResolvers<readonly (typeof settings)[]>(),
    Promise.withResolvers<readonly (typeof settings)[]>(),
  ];
  const answers = [first, second];
  const names = new LiveNames(
    { ...stubSource([]), list: async () => await (answers.shift() ?? second).promise },
    () => 0,
  );
  const early = names.load(wanted, signal);
  expect(names.outdate(new Set(['ConfigMap']))).toBe(true);
  const late = names.load(wanted, signal);
  second.resolve([settings]);
  await late;
  first.resolve([]);
  await early;
  expect(names.list('ConfigMap', 'shop').map(({ name }) => name)).toEqual(['web-settings']);
});

it('what cannot be listed proves nothing, and is not asked for again and again', async () => {
  let asked = 0;
  const names = new LiveNames(
    {
      ...stubSource([]),
      list: async () => {
        asked += 1;
        throw new Error('forbidden');
      },
    },
    () => 0,
  );
  await names.load(wanted, signal);
  await names.load(wanted, signal);
  expect(names.complete('ConfigMap', 'shop')).toBe(false);
  expect(asked).toBe(1);
});

it('an answer that nobody waited for is asked for again', async () => {
  const stopped = new AbortController();
  let fail = true;
  const names = new LiveNames(
    {
      ...stubSource([settings]),
      list: async () => {
        if (!fail) return [settings];
        stopped.abort();
        throw new Error('aborted');
      },
    },
    () => 0,
  );
  await names.load(wanted, stopped.signal);
  fail = false;
  await names.load(wanted, signal);
  expect(names.complete('ConfigMap', 'shop')).toBe(true);
});

it('what belongs to one cluster is not shown of another, and unknown kinds are not asked for', async () => {
  let key = 'one';
  const source = { ...stubSource([settings]), key: () => key };
  const names = new LiveNames(source, () => 0);
  await names.load([...wanted, { kind: 'Whatever', namespace: 'shop' }], signal);
  key = 'two';
  expect(names.list('ConfigMap', 'shop')).toEqual([]);
  expect(source.lists).toEqual(['ConfigMap shop']);
});
