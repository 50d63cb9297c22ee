import { describe, expect, it } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import type { WithStore } from './with-store.ts';
import { auditEntry, memory, newTurn, outboxEvent, proposed, verified } from './store-conformance-samples.ts';

const at = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString();
const farFuture = '9999-01-01T00:00:00.000Z';

async function announce(store: Store, ...days: readonly number[]): Promise<void> {
  for (const day of days) await store.settings.put('a', day, [], [{ ...outboxEvent(`day-${day}`), time: at(day) }]);
}

function outbox(withStore: WithStore): void {
  it(
    'takes the oldest events away, in batches, and goes on with higher cursors',
    withStore(async ({ store }) => {
      await announce(store, 1, 2, 3, 4, 5);
      const all = await store.outbox.after(0, 10);
      expect(await store.outbox.oldest()).toBe(all[0]?.cursor);
      expect([
        await store.outbox.prune({ before: at(4), limit: 2 }),
        await store.outbox.prune({ before: at(4), limit: 2 }),
        await store.outbox.prune({ before: at(4), limit: 2 }),
      ]).toEqual([2, 1, 0]);
      expect(await store.outbox.after(0, 10)).toEqual(all.slice(3));
      expect([await store.outbox.oldest(), await store.outbox.head()]).toEqual([all[3]?.cursor, all[4]?.cursor]);
    }),
  );

  it(
    'never takes the newest event, so that no cursor is used twice',
    withStore(async ({ store }) => {
      expect([await store.outbox.oldest(), await store.outbox.prune({ before: farFuture, limit: 10 })]).toEqual([0, 0]);
      await announce(store, 1, 2);
      const head = await store.outbox.head();
      expect(await store.outbox.prune({ before: farFuture, limit: 10 })).toBe(1);
      expect([await store.outbox.head(), await store.outbox.prune({ before: farFuture, limit: 10 })]).toEqual([
        head,
        0,
      ]);
      await announce(store, 3);
      expect(await store.outbox.head()).toBeGreaterThan(head);
    }),
  );
}

function remembered(withStore: WithStore): void {
  it(
    'forgets memories of the kinds that are named, the oldest first, and their words',
    withStore(async ({ store }) => {
      for (const day of [3, 1, 2, 9]) {
        await store.memory.put(memory(`note-${day}`, `needle ${day}`, { kind: 'note', time: at(day) }));
      }
      await store.memory.put(memory('lesson', 'needle', { kind: 'lesson', time: at(1) }));
      expect(await store.memory.prune({ before: at(9), kinds: ['note'], limit: 2 })).toBe(2);
      expect((await store.memory.search('needle', { limit: 10 })).map(({ id }) => id).toSorted()).toEqual([
        'lesson',
        'note-3',
        'note-9',
      ]);
      expect([
        await store.memory.prune({ before: at(9), kinds: ['note'], limit: 2 }),
        await store.memory.prune({ before: farFuture, kinds: [], limit: 2 }),
      ]).toEqual([1, 0]);
    }),
  );

  it(
    'forgets conversations that rest longest, whole, whoever they are of',
    withStore(async ({ store }) => {
      for (const [day, who] of [
        [3, 'ann'],
        [1, 'bob'],
        [2, 'ann'],
        [9, 'ann'],
      ] as const) {
        await store.conversations.begin({
          id: `cnv-${day}`,
          owners: [who],
          workspace: '',
          title: `needle ${day}`,
          time: at(day),
        });
      }
      await store.conversations.append('cnv-1', ['bob'], newTurn('needle', { time: at(8) }));
      expect(await store.conversations.prune({ before: at(7), limit: 1 })).toBe(1);
      expect((await store.conversations.list(['ann', 'bob'], { limit: 10 })).map(({ id }) => id)).toEqual([
        'cnv-9',
        'cnv-1',
        'cnv-3',
      ]);
      expect([
        await store.conversations.prune({ before: at(9), limit: 9 }),
        await store.conversations.prune({ before: at(9), limit: 9 }),
      ]).toEqual([2, 0]);
      expect(
        (await store.conversations.search('needle', ['ann', 'bob'], { limit: 10 })).map(
          ({ conversation }) => conversation.id,
        ),
      ).toEqual(['cnv-9']);
    }),
  );
}

export function retentionConformance(withStore: WithStore): void {
  describe('what is over', () => {
    outbox(withStore);
    remembered(withStore);

    it(
      'is never an audit row, a change, open or ended, a person or a setting',
      withStore(async ({ store }) => {
        await store.changes.append({
          id: 'open',
          after: 0,
          events: [proposed('k-1', at(1))],
          audit: [auditEntry('open', { time: at(1) })],
          outbox: [outboxEvent('open')],
        });
        await store.changes.append({
          id: 'ended',
          after: 0,
          events: [proposed('k-2', at(1)), verified],
          audit: [auditEntry('ended', { time: at(1) })],
          outbox: [outboxEvent('ended')],
        });
        const kept = async (): Promise<unknown> => [
          await store.audit.rows({ from: 1, limit: 10 }),
          await store.changes.list({ limit: 10 }),
          await store.changes.read('open'),
          await store.changes.read('ended'),
          await store.changes.byKey('k-2'),
          await store.settings.get('a'),
        ];
        await announce(store, 1);
        const before = await kept();
        const all = { before: farFuture, limit: 1000 };
        await Promise.all([
          store.outbox.prune(all),
          store.memory.prune({ ...all, kinds: ['conversation', 'lesson', 'note', 'runbook'] }),
          store.conversations.prune(all),
        ]);
        expect(await kept()).toEqual(before);
      }),
    );
  });
}
