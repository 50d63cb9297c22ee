import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { WithStore } from './with-store.ts';
import { oddTexts } from './store-conformance-samples.ts';

/** Far enough ahead for any clock. */
const later = (): number => Date.now() + 600_000;

export function spentIdsConformance(withStore: WithStore): void {
  describe('its ids that are good once', () => {
    it(
      'are good once, whoever asks',
      withStore(async ({ store, again }) => {
        const other = await again();
        expect([
          await store.spent.spend('a', later()),
          await other.spent.spend('a', later()),
          await store.spent.spend('b', later()),
        ]).toEqual([true, false, true]);
      }),
    );

    it(
      'are good for one of many who show them at once',
      withStore(async ({ store, again }) => {
        const handles = [store, await again(), await again()];
        const answers = await Promise.all(
          Array.from({ length: 12 }, (_, n) => handles[n % 3]?.spent.spend('a', later())),
        );
        expect(answers.filter((isGood) => isGood === true)).toHaveLength(1);
      }),
    );

    it(
      'are told apart, whatever letters they are made of',
      withStore(async ({ store }) => {
        for (const text of oddTexts) {
          expect([await store.spent.spend(text, later()), await store.spent.spend(text, later())]).toEqual([
            true,
            false,
          ]);
        }
      }),
    );

    it(
      'are forgotten once they have ended, and not before',
      withStore(async ({ store }) => {
        await store.spent.spend('ended', Date.now() - 1000);
        await store.spent.spend('lasts', later());
        await sleep(20);
        await store.spent.spend('another', later());
        expect([await store.spent.spend('ended', later()), await store.spent.spend('lasts', later())]).toEqual([
          true,
          false,
        ]);
      }),
    );
  });
}
