import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { memory, outboxEvent } from '@autodevops/testkit/store-conformance-samples';
import { pruneOnce, startPruning } from './pruning.ts';
import type { PruningChoice } from './pruning.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const before = (days: number): string => new Date(now - days * day).toISOString();
const retention = { eventDays: 14, noteDays: 365, conversationDays: 90 };

function choiceOf(
  store: PruningChoice['store'],
  changes: Partial<PruningChoice> = {},
): PruningChoice & { readonly told: string[] } {
  const told: string[] = [];
  return {
    store,
    retention,
    told,
    clock: { now: () => now, earliest: () => now, wait: async () => {} },
    log: (message, fields) => void told.push(`${message}: ${Object.values(fields).join()}`),
    ...changes,
  };
}

it('removes what is older than its days, and leaves what is younger, lessons and the newest event', async () => {
  const store = createMemoryStore();
  await store.settings.put(
    'a',
    1,
    [],
    [15, 13, 12].map((days) => ({ ...outboxEvent(`day-${days}`), time: before(days) })),
  );
  for (const [id, kind, days] of [
    ['old', 'note', 366],
    ['young', 'note', 364],
    ['lesson', 'lesson', 4000],
  ] as const) {
    await store.memory.put(memory(id, 'word', { kind, time: before(days) }));
  }
  for (const days of [91, 89]) {
    await store.conversations.begin({
      id: `cnv-${days}`,
      owners: ['ann'],
      workspace: '',
      title: '',
      time: before(days),
    });
  }
  expect(await pruneOnce(choiceOf(store), AbortSignal.timeout(5000))).toEqual({
    events: 1,
    notes: 1,
    conversations: 1,
  });
  expect((await store.outbox.after(0, 10)).map(({ subject }) => subject)).toEqual(['day-13', 'day-12']);
  expect((await store.memory.search('word', { limit: 10 })).map(({ id }) => id).toSorted()).toEqual([
    'lesson',
    'young',
  ]);
  expect((await store.conversations.list(['ann'], { limit: 10 })).map(({ id }) => id)).toEqual(['cnv-89']);
});

it('goes on in batches until nothing is over, and waits between them', async () => {
  const store = createMemoryStore();
  await store.settings.put(
    'a',
    1,
    [],
    Array.from({ length: 450 }, (_, n) => ({ ...outboxEvent(`e-${n}`), time: before(20) })),
  );
  let waits = 0;
  const choice = choiceOf(store, {
    clock: { now: () => now, earliest: () => now, wait: async () => void (waits += 1) },
  });
  expect(await pruneOnce(choice, AbortSignal.timeout(5000))).toMatchObject({ events: 449 });
  expect(waits).toBe(2);
});

it('removes nothing because the clock was set forwards', async () => {
  const store = createMemoryStore();
  await store.settings.put(
    'a',
    1,
    [],
    [13, 12].map((days) => ({ ...outboxEvent(`day-${days}`), time: before(days) })),
  );
  const clock = { now: () => now + 400 * day, earliest: () => now, wait: async () => {} };
  expect(await pruneOnce(choiceOf(store, { clock }), AbortSignal.timeout(5000))).toMatchObject({ events: 0 });
});

it('says what could not be removed, and removes the rest', async () => {
  const store = createMemoryStore({
    beforeWrite: (part) => {
      if (part === 'outbox') throw new AutoDevOpsError('store.full', 'The disk is full.', 'Make room.');
    },
  });
  const choice = choiceOf(store);
  expect(await pruneOnce(choice, AbortSignal.timeout(5000))).toEqual({ notes: 0, conversations: 0 });
  expect(choice.told).toEqual(['old events could not be removed: The disk is full.']);
});

it('looks every hour, and ends when it is told to', async () => {
  const store = createMemoryStore();
  await store.settings.put(
    'a',
    1,
    [],
    [20, 19].map((days) => ({ ...outboxEvent('e'), time: before(days) })),
  );
  const waits: number[] = [];
  const choice = choiceOf(store, {
    clock: {
      now: () => now,
      earliest: () => now,
      wait: (milliseconds, signal) => {
        waits.push(milliseconds);
        return waits.length === 1
          ? Promise.resolve()
          : new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve(), { once: true });
            });
      },
    },
  });
  const { close } = startPruning(choice);
  await expect.poll(() => choice.told).toEqual(['removed what was over: 1']);
  await close();
  expect(waits).toEqual([3_600_000, 3_600_000]);
});
