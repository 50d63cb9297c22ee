import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { createMemoryStore } from './memory-store.ts';
import { storeConformance } from '../store-conformance.ts';
import { auditEntry, outboxEvent, proposed } from '../store-conformance-samples.ts';

storeConformance('The store in memory', {
  open: async () => {
    const store = createMemoryStore();
    return { store, again: async () => store.again(), close: () => store.close() };
  },
});

it('can be told to fail before a write, and then holds nothing of it', async () => {
  const store = createMemoryStore({
    beforeWrite: (part) => {
      if (part === 'changes') throw new AutoDevOpsError('store.full', 'Full.', 'Make room.');
    },
  });
  const record = {
    id: 'chg-1',
    after: 0,
    events: [proposed('k')],
    audit: [auditEntry('a')],
    outbox: [outboxEvent('a')],
  };
  await expect(store.changes.append(record)).rejects.toMatchObject({ code: 'store.full' });
  expect([await store.changes.read('chg-1'), (await store.audit.head()).sequence, await store.outbox.head()]).toEqual([
    [],
    0,
    0,
  ]);
  await store.audit.append([auditEntry('b')]);
  expect((await store.audit.head()).sequence).toBe(1);
});

it('gives out copies: who changes one changes nothing in the store', async () => {
  const store = createMemoryStore();
  await store.settings.put('a', { list: [1] }, []);
  const value = (await store.settings.get('a')) as { list: number[] };
  value.list.push(2);
  expect(await store.settings.get('a')).toEqual({ list: [1] });
});

it('lets leases run out by its own clock', async () => {
  let now = 0;
  const store = createMemoryStore({ now: () => now });
  expect(await store.leases.acquire('l', 'me', 1000)).toMatchObject({
    fence: 1,
    expiresAt: '1970-01-01T00:00:01.000Z',
  });
  now = 999;
  expect(await store.leases.acquire('l', 'you', 1000)).toBeUndefined();
  now = 1000;
  expect(await store.leases.acquire('l', 'you', 1000)).toMatchObject({ fence: 2 });
});
