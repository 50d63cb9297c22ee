import { expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { inboundEvent } from '../testing/surroundings.ts';
import { deadLetters, drop, replay } from './dead-letters.ts';

async function twoLetters(): Promise<ReturnType<typeof createMemoryBotStore>> {
  const store = createMemoryBotStore();
  const now = new Date().toISOString();
  await store.messages.want([
    {
      key: 'incident/inc-1/root',
      customer: 'acme',
      lane: 'incident',
      place: { app: 'A1', team: 'T1', channel: 'C1' },
      content: { text: 'a secret of acme' },
      digest: 'd',
    },
  ]);
  await store.messages.claim({ holder: 'h', milliseconds: 1000, limit: 1, lane: 'incident', now });
  await store.messages.giveUp('incident/inc-1/root', 'h', 'Slack: is_archived');
  await store.inbox.accept(inboundEvent({ id: 'command-1' }));
  await store.inbox.claim({ holder: 'h', milliseconds: 1000, limit: 1 });
  await store.inbox.giveUp('command-1', 'h', 'a fault');
  return store;
}

it('what was given up is seen with its reason, and can be tried again', async () => {
  const store = await twoLetters();
  const letters = await deadLetters(store, 10);
  expect(letters.map(({ id, kind, about, why }) => [id, kind, about, why])).toEqual([
    ['incident/inc-1/root', 'message', 'acme: T1/C1', 'Slack: is_archived'],
    ['command-1', 'event', 'command./jamie in T1', 'a fault'],
  ]);
  expect(JSON.stringify(letters)).not.toContain('secret');

  expect(await Promise.all(letters.map(async ({ id }) => await replay(id, store)))).toEqual([true, true]);
  expect(await replay('unknown', store)).toBe(false);
  expect(await deadLetters(store, 10)).toEqual([]);
});

it('what nobody wants any more is dropped', async () => {
  const store = await twoLetters();
  expect([
    await drop('incident/inc-1/root', store),
    await drop('command-1', store),
    await drop('unknown', store),
  ]).toEqual([true, true, false]);
  expect(await deadLetters(store, 10)).toEqual([]);
  expect(await replay('command-1', store)).toBe(false);
});
