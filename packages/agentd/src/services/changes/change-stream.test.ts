import { expect, it } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { outboxEvent } from '@autodevops/testkit/store-conformance-samples';
import { outboxEvents } from './change-stream.ts';

async function storeWith(...days: readonly number[]): Promise<ReturnType<typeof createMemoryStore>> {
  const store = createMemoryStore();
  for (const day of days) {
    await store.settings.put('a', day, [], [{ ...outboxEvent(`day-${day}`), time: `2026-01-0${day}T00:00:00.000Z` }]);
  }
  return store;
}

/** What a follower gets until there is nothing new. */
async function followed(
  store: ReturnType<typeof createMemoryStore>,
  after: number | undefined,
): Promise<readonly string[]> {
  const ending = new AbortController();
  const seen: string[] = [];
  for await (const { event } of outboxEvents(after, {
    store,
    signal: ending.signal,
    news: { version: () => 0, changed: async () => ending.abort() },
  })) {
    seen.push(event.subject);
  }
  return seen;
}

it('goes on after the cursor of a follower', async () => {
  const store = await storeWith(1, 2, 3);
  expect([await followed(store, 1), await followed(store, 0), await followed(store, undefined)]).toEqual([
    ['day-2', 'day-3'],
    ['day-1', 'day-2', 'day-3'],
    [],
  ]);
});

it('tells a follower who was away for too long that it missed something', async () => {
  const store = await storeWith(1, 2, 3, 4);
  await store.outbox.prune({ before: '2026-01-03T00:00:00.000Z', limit: 10 });
  await expect(followed(store, 1)).rejects.toMatchObject({
    code: 'object.not-found',
    message: 'Events after 1 are no longer kept: the oldest is 3.',
  });
  expect([await followed(store, 2), await followed(store, 0)]).toEqual([
    ['day-3', 'day-4'],
    ['day-3', 'day-4'],
  ]);
});

it('tells a follower whose cursor is of another journal', async () => {
  await expect(followed(await storeWith(1, 2), 7)).rejects.toMatchObject({
    code: 'object.not-found',
    message: 'There was no event 7: the newest is 2.',
  });
});
