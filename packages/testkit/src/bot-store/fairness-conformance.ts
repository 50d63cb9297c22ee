import { describe, expect, it } from 'vitest';
import type { WithBotStore } from './with-bot-store.ts';
import { claimed, claimedKeys, deliverOnce, inbound, wanted } from './bot-store-conformance-samples.ts';

export function fairnessConformance(withStore: WithBotStore): void {
  describe('taking turns', () => {
    it(
      'gives every customer the same share of a claim, and the rest to who has more',
      withStore(async ({ store }) => {
        await store.messages.want(
          Array.from({ length: 50 }, (_, n) =>
            wanted(`flood-${n}`, 'x', { customer: 'flood', place: { channel: `C${n}` } }),
          ),
        );
        for (const customer of ['a', 'z']) {
          await store.messages.want([
            wanted(`${customer}-1`, 'x', { customer, place: { channel: 'D1' } }),
            wanted(`${customer}-2`, 'x', { customer, place: { channel: 'D2' } }),
          ]);
        }
        const keys = await claimedKeys(store, { limit: 10 });
        expect(keys.filter((key) => !key.startsWith('flood')).toSorted()).toEqual(['a-1', 'a-2', 'z-1', 'z-2']);
        expect(keys).toHaveLength(10);
      }),
    );

    it(
      'starves nobody who claims one at a time',
      withStore(async ({ store }) => {
        await store.messages.want(
          Array.from({ length: 100 }, (_, n) =>
            wanted(`flood-${n}`, 'x', { customer: 'flood', place: { channel: `C${n % 20}` } }),
          ),
        );
        await store.messages.want(['a', 'z'].map((customer) => wanted(customer, 'x', { customer })));
        const first: string[] = [];
        for (let n = 0; n < 3; n += 1) first.push(...(await deliverOnce(store, { limit: 1 })));
        expect(first).toEqual(expect.arrayContaining(['a', 'z']));
      }),
    );

    it(
      'goes on with the next customer, and comes round',
      withStore(async ({ store }) => {
        await store.messages.want(
          ['a', 'b', 'c'].flatMap((customer) =>
            ['1', '2'].map((n) => wanted(customer + n, 'x', { customer, place: { channel: n } })),
          ),
        );
        const order: string[] = [];
        for (let n = 0; n < 6; n += 1) {
          order.push(...(await claimed(store, { limit: 1 })).map(({ customer }) => customer));
        }
        expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
      }),
    );

    it(
      'takes teams in turn with what they sent',
      withStore(async ({ store }) => {
        for (let n = 0; n < 30; n += 1) await store.inbox.accept(inbound(`flood-${n}`, { team: 'T-flood' }));
        for (const team of ['T-1', 'T-2']) await store.inbox.accept(inbound(team, { team }));
        const first: string[] = [];
        for (let n = 0; n < 3; n += 1) {
          first.push(
            ...(await store.inbox.claim({ holder: 'me', milliseconds: 60_000, limit: 1 })).map(({ id }) => id),
          );
        }
        expect(first.toSorted()).toEqual(['T-1', 'T-2', 'flood-0']);
        expect(
          (await store.inbox.claim({ holder: 'me', milliseconds: 60_000, limit: 100 })).map(({ id }) => id),
        ).toEqual(Array.from({ length: 29 }, (_, n) => `flood-${n + 1}`));
      }),
    );
  });
}
