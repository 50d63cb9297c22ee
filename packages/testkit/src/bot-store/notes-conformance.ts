import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import { code, later, now } from './bot-store-conformance-samples.ts';

export function notesConformance(withStore: WithBotStore): void {
  describe('its notes', () => {
    it(
      'are put while they are what they were',
      withStore(async ({ store, again }) => {
        expect(await store.notes.get('acme', 'cursor')).toBeUndefined();
        await store.notes.swap('acme', 'cursor', undefined, { at: 1, of: ['a'] });
        await expect(store.notes.swap('acme', 'cursor', undefined, 2)).rejects.toEqual(code('store.conflict'));
        await (await again()).notes.swap('acme', 'cursor', { of: ['a'], at: 1 }, 2);
        await expect(store.notes.swap('acme', 'cursor', { at: 1, of: ['a'] }, 3)).rejects.toEqual(
          code('store.conflict'),
        );
        await expect(store.notes.swap('acme', 'never put', null, 3)).rejects.toEqual(code('store.conflict'));
        expect(await store.notes.get('acme', 'cursor')).toBe(2);
      }),
    );

    it(
      'are swapped by one of many at once',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        for (const was of [undefined, 'first']) {
          const swaps = await Promise.allSettled(
            Array.from({ length: 9 }, (_, n) =>
              handles[n % 3]?.notes.swap('acme', 'cursor', was, was === undefined ? 'first' : n),
            ),
          );
          expect(swaps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
          for (const swap of swaps) if (swap.status === 'rejected') expect(swap.reason).toEqual(code('store.conflict'));
        }
      }),
    );

    it(
      'are of one customer alone',
      withStore(async ({ store }) => {
        await store.notes.swap('acme', 'cursor', undefined, 1);
        await store.notes.swap('other', 'cursor', undefined, 2);
        await store.notes.remove('other', 'cursor');
        await store.notes.remove('other', 'cursor');
        expect([
          await store.notes.get('acme', 'cursor'),
          await store.notes.get('other', 'cursor'),
          await store.notes.list('other', ''),
        ]).toEqual([1, undefined, []]);
        await store.notes.swap('other', 'cursor', undefined, 3);
      }),
    );

    it(
      'are listed by the beginning of their names, in order',
      withStore(async ({ store }) => {
        for (const name of ['thread/b', 'thread/a', 'thread', 'threads/c', 'thread%', 'thread_x', 'other']) {
          await store.notes.swap('acme', name, undefined, name);
        }
        expect((await store.notes.list('acme', 'thread/')).map(({ name, value }) => [name, value])).toEqual([
          ['thread/a', 'thread/a'],
          ['thread/b', 'thread/b'],
        ]);
        expect((await store.notes.list('acme', 'thread%')).map(({ name }) => name)).toEqual(['thread%']);
        expect(await store.notes.list('acme', '')).toHaveLength(7);
      }),
    );
  });

  describe('its values that are good once', () => {
    it(
      'are taken once, before their time is up',
      withStore(async ({ store, again }) => {
        await store.once.put('h1', { customer: 'acme' }, later);
        await store.once.put('h2', {}, now);
        expect(await (await again()).once.take('h1', now)).toEqual({ customer: 'acme' });
        expect(await store.once.take('h1', now)).toBeUndefined();
        expect(await store.once.take('h2', now)).toBeUndefined();
        expect(await store.once.take('unknown', now)).toBeUndefined();
      }),
    );

    it(
      'are gone when their time is up, even for a clock that is behind',
      withStore(async ({ store }) => {
        await store.once.put('h', {}, now);
        expect(await store.once.take('h', later)).toBeUndefined();
        expect(await store.once.take('h', '2020-01-01T00:00:00.000Z')).toBeUndefined();
      }),
    );

    it(
      'are given to one of many who take at once',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        await store.once.put('h', { n: 1 }, later);
        const taken = await Promise.all(Array.from({ length: 12 }, (_, n) => handles[n % 3]?.once.take('h', now)));
        expect(taken.filter((data) => data !== undefined)).toEqual([{ n: 1 }]);
      }),
    );

    it(
      'are kept in any number beside one another',
      withStore(async ({ store }) => {
        await Promise.all(Array.from({ length: 20 }, (_, n) => store.once.put(`h-${n}`, { n }, later)));
        expect(await store.once.take('h-7', now)).toEqual({ n: 7 });
        expect(await store.once.take('h-8', now)).toEqual({ n: 8 });
      }),
    );
  });
}
