import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { botStoreConformance } from '../bot-store-conformance.ts';
import { inbound, now, wanted } from '../bot-store-conformance-samples.ts';
import { createMemoryBotStore } from './memory-bot-store.ts';

botStoreConformance('The store in memory', {
  open: async () => {
    const store = createMemoryBotStore();
    return { store, again: async () => store.again(), close: () => store.close() };
  },
});

it('can be told to fail before a write, and then holds nothing of it', async () => {
  const store = createMemoryBotStore({
    beforeWrite: (part) => {
      if (part === 'messages') throw new AutoDevOpsError('store.full', 'Full.', 'Make room.');
    },
  });
  await store.inbox.accept(inbound('e'));
  await store.inbox.claim({ holder: 'me', milliseconds: 1000, limit: 1 });
  await expect(store.messages.want([wanted('a', 'one')], { id: 'e', holder: 'me' })).rejects.toMatchObject({
    code: 'store.full',
  });
  expect([await store.messages.byKey('a'), await store.inbox.prune('2999-01-01T00:00:00.000Z', 10)]).toEqual([
    undefined,
    0,
  ]);
});

it('lets holds run out by its own clock, and begin anew when something is sent', async () => {
  let time = 0;
  const store = createMemoryBotStore({ now: () => time });
  await store.messages.want([wanted('a', 'one')]);
  const claim = (holder: string) =>
    store.messages.claim({ holder, milliseconds: 1000, limit: 1, lane: 'incident', now });
  expect(await claim('me')).toMatchObject([{ firstWantedAt: '1970-01-01T00:00:00.000Z' }]);
  time = 999;
  expect(await claim('you')).toEqual([]);
  time = 1000;
  expect(await claim('you')).toMatchObject([{ attempts: 2 }]);
  time = 1900;
  await store.messages.sending('a', 'you');
  time = 2899;
  expect(await claim('me')).toEqual([]);
  time = 2900;
  expect(await claim('me')).toMatchObject([{ attempts: 3, isUncertain: true }]);
});
