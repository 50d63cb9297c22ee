import { describe, expect, it } from 'vitest';
import type { Store } from '@autodevops/domain/ports/store';
import type { WithStore } from './with-store.ts';
import { auditEntry, outboxEvent, proposed, verificationBegan } from './store-conformance-samples.ts';

function append(store: Store, id: string, after: number): Promise<boolean> {
  const record = {
    id,
    after,
    events: [after === 0 ? proposed(id) : verificationBegan],
    audit: [auditEntry(id)],
    outbox: [outboxEvent(id)],
  };
  return store.changes.append(record).then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: string }).code === 'store.conflict') return false;
      throw error;
    },
  );
}

/** Follows the outbox while others write, as a subscriber does: from the last cursor that it saw. */
async function follow(store: Store, until: () => boolean): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let last = false; !last;) {
    last = until();
    for (const { cursor } of await store.outbox.after(seen.at(-1) ?? 0, 3)) {
      seen.push(cursor);
      last = false;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return seen;
}

export function concurrencyConformance(withStore: WithStore): void {
  describe('with many writers at once', () => {
    it(
      'lets one of those win who have seen the same',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        await append(store, 'chg-1', 0);
        const wins = await Promise.all(
          Array.from({ length: 12 }, (_, n) => append(handles[n % handles.length] ?? store, 'chg-1', 1)),
        );
        expect(wins.filter((won) => won)).toHaveLength(1);
        expect(await store.changes.read('chg-1')).toHaveLength(2);
        expect((await store.audit.head()).sequence).toBe(2);
      }),
    );

    it(
      'gives a key to one of those who ask with it at the same time',
      withStore(async ({ store, again }) => {
        const handles = [store, await again()];
        const asked = Array.from({ length: 6 }, (_, n) =>
          (handles[n % 2] ?? store).changes.append({
            id: `chg-${n}`,
            after: 0,
            events: [proposed('the same')],
            audit: [auditEntry(`chg-${n}`)],
            outbox: [],
          }),
        );
        const won = (await Promise.allSettled(asked)).map(({ status }) => status === 'fulfilled');
        expect(won.filter((one) => one)).toHaveLength(1);
        expect(await store.changes.byKey('the same')).toBe(`chg-${won.indexOf(true)}`);
        expect((await store.audit.head()).sequence).toBe(1);
      }),
    );

    it(
      'writes in the order in which one asks, without waiting for the answers',
      withStore(async ({ store }) => {
        expect(await Promise.all([0, 1, 2, 3].map((after) => append(store, 'chg-1', after)))).toEqual([
          true,
          true,
          true,
          true,
        ]);
        expect(await store.changes.read('chg-1')).toHaveLength(4);
      }),
    );

    it(
      'chains every row to the one before',
      withStore(async ({ store, again }) => {
        const handles = [store, await again()];
        await Promise.all(Array.from({ length: 40 }, (_, n) => append(handles[n % 2] ?? store, `chg-${n}`, 0)));
        const rows = await store.audit.rows({ from: 1, limit: 100 });
        expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
        expect(rows.slice(1).map(({ previous }) => previous)).toEqual(rows.slice(0, -1).map(({ hash }) => hash));
      }),
    );

    it(
      'shows a follower of the outbox every event once, in order',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        const writers = Array.from({ length: 30 }, (_, n) =>
          append(handles[n % handles.length] ?? store, `chg-${n}`, 0),
        );
        let written = false;
        const all = Promise.all(writers).then(() => (written = true));
        const seen = await follow(await again(), () => written);
        await all;
        expect(seen).toHaveLength(30);
        expect(seen).toEqual((await store.outbox.after(0, 100)).map(({ cursor }) => cursor));
      }),
    );

    it(
      'writes what stands even when its neighbour is refused',
      withStore(async ({ store }) => {
        const wins = await Promise.all([append(store, 'a', 0), append(store, 'b', 7), append(store, 'c', 0)]);
        expect(wins).toEqual([true, false, true]);
        expect((await store.outbox.after(0, 10)).map(({ subject }) => subject)).toEqual(['a', 'c']);
      }),
    );
  });
}
